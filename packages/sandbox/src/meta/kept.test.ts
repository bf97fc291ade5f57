import { expect, it } from 'vitest'
import { film, openFileHost } from '../graph/media/testing.ts'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { PageKit, SCOPE } from './posts/testing.ts'
import { MetaKit, NORTHWIND, NORTHWIND_IG, REDIRECT, SYSTEM_CONFIG } from './testing.ts'

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

it('Facebook knows what was published, staged and begun the next day', async () => {
  const files = await openFileHost()
  const first = new PageKit()
  first.sandbox = (await start()).sandbox
  first.files = files
  first.token = await first.page(await first.long({ scope: SCOPE.join(',') }))
  const post = await first.post('Yesterday')
  await first.send(`/${post}/comments`, { message: 'Said' })
  const staged = await first.stage({ alt_text_custom: 'Blue' })
  const scheduled = await first.post('Later', { published: 'false', scheduled_publish_time: '+1 hour' })
  const reel = (await first.send(`/${NORTHWIND}/video_reels`, { upload_phase: 'start' })).json
  const bytes = film({ bytes: 20_000 })
  const send = (one: PageKit, part: Uint8Array, offset: number) =>
    one.rupload(
      new URL(reel.upload_url).pathname,
      { authorization: `OAuth ${one.token}`, offset: String(offset), file_size: String(bytes.length) },
      part,
    )
  await send(first, bytes.slice(0, 5000), 0)
  const container = await first.id(first.send(`/${NORTHWIND_IG}/media`, { image_url: files.jpeg(), caption: 'Jug' }))
  const before = first.ledger()
  await first.sandbox.stop()

  const second = new PageKit()
  second.sandbox = (await start()).sandbox
  second.files = files
  second.token = first.token
  expect(before).toHaveLength(2)
  expect(second.ledger()).toEqual(before)
  expect((await second.read(`/${NORTHWIND}/posts`, { fields: 'id' })).json.data).toEqual([{ id: post }])
  const attached_media = JSON.stringify([{ media_fbid: staged }])
  const shown = await second.post('With the photo', { attached_media })
  expect(second.ledger().find(({ id }) => id === shown)?.media).toMatchObject([{ alt: 'Blue' }])
  expect((await second.read(`/${NORTHWIND}/scheduled_posts`)).json.data).toMatchObject([{ id: scheduled }])
  // What came of a file is gone with the process: it begins anew.
  expect((await send(second, bytes.slice(5000), 5000)).json.debug_info.type).toBe('OffsetInvalidError')
  expect((await send(second, bytes, 0)).json).toEqual({ success: true })
  second.advance(10)
  const media = await second.id(second.send(`/${NORTHWIND_IG}/media_publish`, { creation_id: container }))
  const { permalink, media_url } = (await second.read(`/${media}`, { fields: 'permalink,media_url' })).json
  expect((await fetch(second.at(permalink))).status).toBe(200)
  // A drawing stands for the picture.
  expect((await fetch(second.at(media_url))).headers.get('content-type')).toBe('image/png')
  expect(new Set(second.ledger().map(({ id }) => id)).size).toBe(4)
  expect(k.lines).toEqual([])
  await second.sandbox.stop()
  await files.close()
})

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
