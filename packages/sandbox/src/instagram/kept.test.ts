import { expect, it } from 'vitest'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { InstagramKit, REDIRECT } from './testing.ts'

const k = kept()

async function start(): Promise<InstagramKit> {
  const one = new InstagramKit()
  one.sandbox = await startSandbox({
    redirectUris: { instagram: [REDIRECT] },
    stateFile: k.file,
    log: (line) => void (line.includes('state file') && (k.lines as string[]).push(line)),
  })
  return one
}

it('Instagram knows its grants and tokens the next day', async () => {
  const first = await start()
  const mara = await first.long()
  const tomas = await first.long({ member: 'tomas' })
  first.steer({ endGrant: { why: 'password', member: 'tomas' } })
  const before = first.shown()
  await first.sandbox.stop()
  const second = await start()
  expect(second.shown()).toMatchObject({ grants: before.grants, tokens: before.tokens })
  expect((await second.me(mara)).status).toBe(200)
  expect((await second.me(tomas)).json.error.error_subcode).toBe(460)
  expect(k.lines).toEqual([])
  await second.sandbox.stop()
})
