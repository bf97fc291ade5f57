import { expect, it } from 'vitest'
import { openFileHost } from '../graph/media/testing.ts'
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

it('Instagram knows what was published and begun the next day', async () => {
  const files = await openFileHost()
  const first = await start()
  const token = await first.long()
  const ask = (one: InstagramKit, path: string, params: Record<string, string>) =>
    one.graph(`/v26.0/${path}`, { access_token: token, ...params }, { method: 'POST' })
  const made = async (caption: string) =>
    (await ask(first, 'me/media', { image_url: files.jpeg(), caption })).json.id as string
  const [one, two] = [await made('One'), await made('Two')]
  first.advance(1)
  await ask(first, 'me/media_publish', { creation_id: one })
  const before = first.sandbox.control.ledger('instagram')
  await first.sandbox.stop()
  const second = await start()
  expect(before).toMatchObject([{ text: 'One' }])
  expect(second.sandbox.control.ledger('instagram')).toEqual(before)
  second.advance(60)
  expect((await ask(second, 'me/media_publish', { creation_id: one })).status).toBe(400)
  expect((await ask(second, 'me/media_publish', { creation_id: two })).status).toBe(200)
  expect(second.sandbox.control.ledger('instagram').map(({ text }) => text)).toEqual(['One', 'Two'])
  await second.sandbox.stop()
  await files.close()
})

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
