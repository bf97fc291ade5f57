import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { MEDIA } from './origins.ts'
import { REDIRECT, XKit } from './testing.ts'
import { finalize, initialize, picture, VIDEO } from './upload/upload-testing.ts'

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

it('X knows its posts and what was uploaded the next day, and ids go on growing', async () => {
  const first = await start()
  const access = await first.token()
  const id = await picture(first, access)
  await first.send('POST', '/2/media/metadata', access, { id, metadata: { alt_text: { text: 'A cup' } } })
  const posted = await first.posted(access, { text: 'A cup', media: { media_ids: [id] } })
  const gone = await first.posted(access, { text: 'Oops' })
  await first.remove(access, gone)
  const later = await picture(first, access, 9)
  const begun = (await initialize(first, access, { ...VIDEO, total_bytes: 4 })).json.data.id
  const before = first.ledger()
  await first.sandbox.stop()

  const second = await start()
  expect(second.ledger()).toEqual(before)
  expect((await second.read(access, posted)).json.data.id).toBe(posted)
  // What was said is remembered, and a picture from before can be posted. What had not come whole is lost.
  expect((await second.create(access, { text: 'A cup' })).status).toBe(403)
  const next = await second.posted(access, { text: 'Later', media: { media_ids: [later] } })
  expect(BigInt(next)).toBeGreaterThan(BigInt(begun))
  expect((await finalize(second, access, begun)).status).toBe(400)
  // The bytes are gone: a drawing is in their place.
  const drawing = await fetch(`${second.sandbox.origins[MEDIA]}/media/3_${id}`)
  expect([drawing.status, drawing.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(k.lines).toEqual([])
  await second.sandbox.stop()
})

it('a file from before X had posts is taken as it is', async () => {
  const first = await start()
  const { access_token } = await first.tokens()
  await first.sandbox.stop()
  const { x, ...others } = JSON.parse(readFileSync(k.file, 'utf8'))
  const { posts: _p, media: _m, lastId: _l, ...older } = x
  writeFileSync(k.file, JSON.stringify({ ...others, x: older }))
  const second = await start()
  expect((await second.create(access_token, { text: 'Here we go' })).status).toBe(201)
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
