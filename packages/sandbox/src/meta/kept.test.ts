import { expect, it } from 'vitest'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { MetaKit, NORTHWIND, REDIRECT, SYSTEM_CONFIG } from './testing.ts'

const k = kept()

async function start(): Promise<MetaKit> {
  const one = new MetaKit()
  one.sandbox = await startSandbox({
    redirectUris: { meta: [REDIRECT], 'meta-business': [REDIRECT] },
    stateFile: k.file,
    log: (line) => void (line.includes('state file') && (k.lines as string[]).push(line)),
  })
  return one
}

it('Facebook knows its grants and tokens the next day, and what control disturbed is in order again', async () => {
  const first = await start()
  const page = await first.page(await first.long())
  const tomas = await first.long({ member: 'tomas', untick: ['scope:read_insights'] })
  const authorize = { config_id: SYSTEM_CONFIG }
  await first.short({ registration: 'meta-business', authorize })
  first.steer({ endGrant: { why: 'password', member: 'tomas' }, loseRole: { member: 'mara', page: NORTHWIND } })
  const before = first.shown()
  await first.sandbox.stop()
  const second = await start()
  expect(second.shown().grants).toEqual(before.grants)
  expect(second.shown().tokens.map(({ id, kind }) => [id, kind])).toEqual(
    before.tokens.map(({ id, kind }) => [id, kind]),
  )
  // Roles are as the start gives them.
  expect((await second.call('/me', page)).json.id).toBe(NORTHWIND)
  expect((await second.call('/me', tomas)).json.error.error_subcode).toBe(460)
  expect(k.lines).toEqual([])
  await second.sandbox.stop()
})
