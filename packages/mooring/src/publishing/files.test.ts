/** Files, from the upload to the platform's own book: Pages and Instagram, which fetches what it shows from this server. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { samples } from '@mooring/sandbox'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectedMeta, NORTHWIND, NORTHWIND_IG } from '../../test/meta.ts'
import { ledger, publish } from '../../test/publish.ts'
import { BASE, createWorld, type Json, KEY, type World } from '../../test/world.ts'

let world: World
let server: Server
let page: string
let gram: string
beforeAll(async () => {
  server = createServer(getRequestListener((request) => world.mooring.fetch(request)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world = await createWorld({ env: { MOORING_MEDIA_URL: url } })
  const { accounts } = await connectedMeta(world)
  page = accounts.find((one: Json) => one.subject === NORTHWIND).id
  gram = accounts.find((one: Json) => one.subject === NORTHWIND_IG).id
})
afterAll(async () => {
  await world.close()
  server.closeAllConnections()
  server.close()
})

async function upload(bytes: Uint8Array, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/octet-stream', 'x-file-name': name }
  const request = new Request(`${BASE}/api/v1/media`, { method: 'POST', headers, body: new Uint8Array(bytes) })
  const answer = await world.mooring.fetch(request)
  const body: Json = await answer.json()
  expect(answer.status, JSON.stringify(body)).toBe(201)
  return body.id
}
const picture = async (width: number, height: number, format: 'jpeg' | 'png' | 'webp' = 'jpeg') =>
  upload(
    await sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 140 } } })
      .toFormat(format)
      .toBuffer(),
    `harbour.${format}`,
  )
const film = (seconds = 5) =>
  upload(samples.mp4({ seconds, bytes: 3_000_000, width: 1080, height: 1920, rate: 30 }), 'film.mp4')
const written = (text: string) => ledger(world, 'meta').filter((one) => one.text === text)

describe('a Facebook Page', () => {
  it('one picture, with its words', async () => {
    const one = await publish(world, page, {
      text: 'A picture',
      media: [{ id: await picture(900, 900), alt: 'A harbour' }],
    })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', permalink: expect.stringMatching(/^https:/) })
    expect(written('A picture')).toMatchObject([{ media: [{ kind: 'image', alt: 'A harbour' }] }])
  })

  it('several pictures, in their order', async () => {
    const media = [
      { id: await picture(900, 900), alt: 'One' },
      { id: await picture(800, 600), alt: 'Two' },
      { id: await picture(700, 700) },
    ]
    const one = await publish(world, page, { text: 'Three pictures', media })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published' })
    expect(written('Three pictures')[0]?.media.map((file: Json) => file.alt)).toEqual(['One', 'Two', null])
  })

  it.each(['feed', 'reel', 'story'])('a video, to the %s', async (format) => {
    const text = format === 'story' ? '' : `A video to the ${format}`
    const one = await publish(world, page, { text, format, media: [{ id: await film(12) }] })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published' })
    // Facebook makes it ready first, and tells nobody when.
    world.advance(60)
    const book = ledger(world, 'meta').filter(
      (entry) => entry.account === NORTHWIND && entry.media[0]?.kind === 'video',
    )
    expect(book.filter((entry) => entry.text === text)).toHaveLength(1)
  })

  it('a picture in a form that it does not take is converted, and that is said before', async () => {
    const media = [{ id: await picture(900, 900, 'webp') }]
    const { body } = await world.api('POST', '/posts/validate', {
      content: { text: 'x', media },
      targets: [{ accountId: page }],
    })
    expect(body.accounts[0]).toMatchObject({ ok: true, issues: [{ severity: 'warning', code: 'media_converted' }] })
    expect((await publish(world, page, { text: 'From WebP', media })).state).toBe('published')
    expect(written('From WebP')).toHaveLength(1)
  })

  it('a picture story', async () => {
    const one = await publish(world, page, { format: 'story', media: [{ id: await picture(1080, 1920) }] })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published' })
  })
})

describe('Instagram', () => {
  const posts = (caption: string) =>
    ledger(world, 'meta').filter((one) => one.account === NORTHWIND_IG && one.text === caption)

  it('one picture, which it fetches here', async () => {
    const one = await publish(world, gram, {
      text: 'On Instagram',
      media: [{ id: await picture(1080, 1080), alt: 'A harbour' }],
    })
    expect(one, JSON.stringify(one)).toMatchObject({
      state: 'published',
      permalink: expect.stringMatching(/instagram\.com/),
    })
    expect(posts('On Instagram')).toHaveLength(1)
    expect(posts('On Instagram')[0]?.id).toBe(one.externalId)
  })

  it('a carousel of pictures and a video, PNG converted', async () => {
    const media = [{ id: await picture(1080, 1080) }, { id: await picture(1080, 1080, 'png') }, { id: await film() }]
    const one = await publish(world, gram, { text: 'A carousel', media })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published' })
    expect(posts('A carousel')).toMatchObject([{ kind: 'carousel' }])
  })

  it.each(['reel', 'story'])('a video as a %s', async (format) => {
    const before = ledger(world, 'meta').length
    const text = format === 'story' ? '' : 'A reel'
    const one = await publish(world, gram, { text, format, media: [{ id: await film(8) }] })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published' })
    expect(ledger(world, 'meta').length).toBe(before + 1)
  })

  it('an answer that is lost: the container says that it was published', async () => {
    world.sandbox.control.apply({ fault: { kind: 'reset', when: 'after', endpoint: 'meta.ig-publish' } })
    const one = await publish(world, gram, { text: 'Lost there', media: [{ id: await picture(1080, 1080) }] })
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', attempts: [{ outcome: 'confirmed' }] })
    expect(posts('Lost there')).toHaveLength(1)
    expect(posts('Lost there')[0]?.id).toBe(one.externalId)
  })

  it('an answer that was never given: nothing was published, and the container proves it: sent again by itself', async () => {
    world.sandbox.control.apply({ fault: { kind: 'reset', when: 'before', endpoint: 'meta.ig-publish' } })
    const one = await publish(world, gram, { text: 'Never there', media: [{ id: await picture(1080, 1080) }] })
    const attempts = [{ outcome: 'absent' }, { outcome: 'accepted' }]
    expect(one, JSON.stringify(one)).toMatchObject({ state: 'published', attempts })
    expect(posts('Never there')).toHaveLength(1)
  })

  it('a shape that it refuses, before anything leaves', async () => {
    const { status, body } = await world.api('POST', '/posts', {
      content: { text: 'Too tall', media: [{ id: await picture(500, 1500) }] },
      targets: [{ accountId: gram }],
      when: { how: 'now' },
    })
    expect([status, body.code]).toEqual([422, 'post_refused'])
  })
})
