/** The card of a link over HTTP, with a site of our own as the internet. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, PNG, type World } from '../../test/world.ts'
import { file, plain } from '../publishing/media/testing.ts'
import { bearer, expectProblem, keyWith, send } from './testing.ts'

type Page = (request: IncomingMessage, response: ServerResponse) => void
const pages: Record<string, Page> = {}
const html =
  (body: string): Page =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end(body)
const bytes =
  (body: Uint8Array, type = 'image/png'): Page =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': type }).end(body)

describe('the card of a link', () => {
  let world: World
  let site: Server
  let origin: string
  beforeAll(async () => {
    site = createServer((request, response) => {
      const page = pages[new URL(request.url ?? '/', 'http://x').pathname]
      if (page) page(request, response)
      else response.writeHead(404).end()
    })
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
    origin = `http://localhost:${(site.address() as AddressInfo).port}`
    world = await createWorld({ env: { MOORING_PREVIEW_ORIGINS: origin } })
  })
  afterAll(async () => {
    site.closeAllConnections()
    site.close()
    await world.close()
  })
  const card = (url: string) => world.api('POST', '/links/preview', { url })
  const files = async () => (await world.api('GET', '/media')).body.data.length

  it('is what the page says, with its picture kept as a file', async () => {
    const picture = await plain(1200, 630).jpeg().toBuffer()
    pages['/page'] = html(
      '<meta property="og:title" content="A title"><meta property="og:description" content="Words."><meta property="og:image" content="/pics/B%C3%BCro.jpg">',
    )
    pages['/pics/B%C3%BCro.jpg'] = bytes(picture, 'application/octet-stream')
    const { status, body } = await card(`${origin}/page`)
    expect(status).toBe(200)
    expect(body).toEqual({
      url: `${origin}/page`,
      title: 'A title',
      description: 'Words.',
      image: expect.objectContaining({
        kind: 'image',
        mime: 'image/jpeg',
        width: 1200,
        height: 630,
        fileName: 'Büro.jpg',
      }),
    })
    expect((await world.api('GET', `/media/${body.image.id}`)).body).toEqual(body.image)
  })

  it('is where redirects lead, and its picture is looked for there', async () => {
    pages['/short'] = (_, response) => void response.writeHead(301, { location: '/deep/page' }).end()
    pages['/deep/page'] = html('<title>Deep</title><meta name="twitter:image" content="p.png">')
    pages['/deep/p.png'] = bytes(PNG)
    expect((await card(`${origin}/short`)).body).toMatchObject({
      url: `${origin}/short`,
      title: 'Deep',
      image: { fileName: 'p.png' },
    })
  })

  it.each([
    ['is not there', undefined],
    ['is a page', html('<p>')],
    ['is an SVG', bytes(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')],
    ['is a film', bytes(file('film.mp4'), 'image/png')],
    ['is broken', bytes(PNG.subarray(0, 20))],
    ['is larger than 5 MB', bytes(Buffer.concat([PNG, Buffer.alloc(5 * 1024 ** 2)]))],
    [
      'leads inside',
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
  ])('goes without a picture that %s', async (_, page) => {
    const before = await files()
    pages['/with'] = html('<title>T</title><meta property="og:image" content="/odd.png">')
    if (page) pages['/odd.png'] = page
    else delete pages['/odd.png']
    expect(await card(`${origin}/with`)).toMatchObject({ status: 200, body: { title: 'T', image: null } })
    expect(await files()).toBe(before)
  })

  it('of what is no page, or says nothing, is empty', async () => {
    pages['/film'] = bytes(file('film.mp4'), 'video/mp4')
    pages['/mute'] = html('')
    for (const path of ['/film', '/mute'])
      expect((await card(origin + path)).body).toEqual({
        url: origin + path,
        title: null,
        description: null,
        image: null,
      })
  })

  it('of a page that is too long is what stands at its beginning', async () => {
    pages['/long'] = html(`<title>Long</title>${' '.repeat(2 * 1024 ** 2)}<meta property="og:title" content="Late">`)
    expect((await card(`${origin}/long`)).body.title).toBe('Long')
  })

  it.each([
    ['http://127.0.0.1/', /public internet/],
    ['https://localhost/', /public internet/],
    ['http://169.254.169.254/latest/meta-data/', /public internet/],
    ['http://[::1]:8003/', /public internet/],
    ['http://2130706433/', /public internet/],
    ['https://user:secret@example.com/', /public internet/],
    ['file:///etc/passwd', /public internet/],
    ['javascript:alert(1)', /public internet/],
    ['http://', /public internet/],
    ['not an address', /public internet/],
    ['localhost', /public internet/],
  ])('of %s is refused', async (url, words) => {
    const answer = await send(
      world,
      'POST',
      '/api/v1/links/preview',
      { ...bearer(), 'content-type': 'application/json' },
      JSON.stringify({ url }),
    )
    expectProblem(answer, 422, 'link_unreachable')
    expect(answer.body.detail).toMatch(words)
    expect(answer.text).not.toContain('secret')
  })

  it('of a page that leads inside, is missing or is broken is refused, and says how', async () => {
    pages['/inside'] = (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    pages['/round'] = (_, response) => void response.writeHead(302, { location: '/round' }).end()
    pages['/broken'] = (request) => request.socket.destroy()
    for (const [path, words] of [
      ['/inside', 'That address is not one of the public internet.'],
      ['/round', 'That site sends us on too often.'],
      ['/none', 'The site answers 404 there.'],
      ['/broken', 'That site does not answer.'],
    ])
      expect((await card(origin + path)).body, path).toMatchObject({ code: 'link_unreachable', detail: words })
  })

  it('is for those who write', async () => {
    const key = await keyWith(world, 'posts:read')
    const answer = await send(
      world,
      'POST',
      '/api/v1/links/preview',
      { ...bearer(key), 'content-type': 'application/json' },
      '{"url":"x"}',
    )
    expectProblem(answer, 403, 'forbidden')
  })
})
