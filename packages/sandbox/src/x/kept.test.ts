import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { REDIRECT, XKit } from './testing.ts'

const k = kept()

async function start(): Promise<XKit> {
  const one = new XKit()
  one.sandbox = await startSandbox({
    redirectUris: { x: [REDIRECT] },
    stateFile: k.file,
    log: (line) => void (line.includes('state file') && (k.lines as string[]).push(line)),
  })
  return one
}

it('X knows its grants and tokens the next day, and what was spent or disturbed stays what it was', async () => {
  const first = await start()
  const mara = await first.tokens()
  const next = (await first.refresh(mara.refresh_token)).json
  const tomas = await first.tokens({ member: 'tomas' })
  first.steer({ revokeGrant: { member: 'tomas' } })
  first.steer({ app: { registration: 'x', credits: 0 } })
  const before = first.shown()
  await first.sandbox.stop()

  const second = await start()
  expect(second.shown()).toMatchObject({ grants: before.grants, tokens: before.tokens })
  // Credits are as the start gives them.
  expect((await second.me(next.access_token)).status).toBe(200)
  expect((await second.me(tomas.access_token)).status).toBe(401)
  expect((await second.refresh(mara.refresh_token)).status).toBe(400)
  expect(k.lines).toEqual([])
  await second.sandbox.stop()
})

it('a file from before X was there is taken as it is', async () => {
  const first = await k.start()
  const { refresh_token } = await first.tokens()
  await first.sandbox.stop()
  const { x: _, ...older } = JSON.parse(readFileSync(k.file, 'utf8'))
  writeFileSync(k.file, JSON.stringify(older))
  const second = await k.start()
  expect((await second.refresh(refresh_token)).status).toBe(200)
  expect(k.lines).toEqual([])
})
