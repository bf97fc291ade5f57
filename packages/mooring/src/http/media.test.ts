/** Files over HTTP: in by a body or a form, out whole or in part, gone when nothing needs them. */
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, type Json, PNG, type World } from '../../test/world.ts'
import { file, plain } from '../publishing/media/testing.ts'
import { bearer, expectProblem, keyWith, sameOrigin, send, UNKNOWN } from './testing.ts'

describe('files', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000', MOORING_MEDIA_MAX_MB: '1' } })
  })
  afterAll(() => world.close())

  const post = (headers: Record<string, string>, body?: BodyInit, key?: string) =>
    send(world, 'POST', '/api/v1/media', { ...bearer(key), ...headers }, body)
  const count = async (where = '') =>
    Number((await world.database.query<{ n: string }>(`select count(*) n from mooring.media${where}`))[0]?.n)
  /** What lies on the disk, whole or not. */
  const lying = async () => (await readdir(join(world.mediaDir, world.workspace)).catch(() => [])).sort()
  async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const request = new Request(`${BASE}/api/v1${path}`, { method, headers: { ...bearer(), ...headers } })
    const response = await world.mooring.fetch(request)
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  describe('come in', () => {
    it('as the body, with a name', async () => {
      const answer = await post({ 'x-file-name': encodeURIComponent('Büro – 1.png') }, PNG)
      expect(answer.status).toBe(201)
      expect(answer.body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        kind: 'image',
        mime: 'image/png',
        fileName: 'Büro – 1.png',
        bytes: PNG.length,
        width: 2,
        height: 1,
        durationMs: null,
        pages: null,
        url: `/api/v1/media/${answer.body.id}/content`,
        preview: `/api/v1/media/${answer.body.id}/preview`,
        createdAt: expect.any(String),
      })
      expect((await get(`/media/${answer.body.id}/content`)).bytes.equals(PNG)).toBe(true)
    })

    it.each([
      undefined,
      'application/octet-stream',
      'image/jpeg',
      'application/json',
      'text/html',
      'application/x-www-form-urlencoded',
    ])('whatever type the body is said to be of: %s', async (type) => {
      const answer = await post(type === undefined ? {} : { 'content-type': type }, new Uint8Array(PNG))
      expect(answer.body).toMatchObject({ mime: 'image/png', fileName: 'file' })
    })

    it('as a form, whose other fields count for nothing', async () => {
      const form = new FormData()
      form.append('before', 'x'.repeat(1000))
      form.append('file', new Blob([new Uint8Array(file('film.mp4'))], { type: 'image/png' }), 'Mein Film.mp4')
      form.append('after', 'y')
      form.append('second', new Blob([PNG]), 'second.png')
      const before = await count()
      const answer = await post({}, form)
      expect(answer.status, answer.text).toBe(201)
      expect(answer.body).toMatchObject({ kind: 'video', fileName: 'Mein Film.mp4', durationMs: 1000, preview: null })
      expect(await count()).toBe(before + 1)
      expect((await get(`/media/${answer.body.id}/content`)).bytes.equals(file('film.mp4'))).toBe(true)
    })

    it('as a document, with its pages', async () => {
      expect(await world.upload(file('paper.pdf'), 'x.pdf')).toMatchObject({
        kind: 'document',
        pages: 7,
        preview: null,
      })
    })

    it('under a name for people, and never a path', async () => {
      for (const [typed, shown] of [
        ['../../etc/passwd', 'passwd'],
        ['..\\..\\windows\\win.ini', 'win.ini'],
        ['/', 'file'],
        ['..', '..'],
        ['a\u0000b\r\nc.png', 'abc.png'],
        ['\u202egnp.exe', 'gnp.exe'],
        ['   ', 'file'],
        [`${'x'.repeat(500)}.png`, `${'x'.repeat(196)}.png`],
        ['<script>.png', '<script>.png'],
      ] as const) {
        const { fileName } = await world.upload(PNG, typed)
        expect(fileName, typed).toBe(shown)
      }
    })

    it.each([
      ['nothing', undefined, 'media_refused'],
      ['an empty file', new Uint8Array(), 'media_refused'],
      ['a page', '<!doctype html><script>alert(1)</script>', 'media_refused'],
      ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'media_refused'],
      ['an AVI', new Uint8Array(file('old.avi')), 'media_refused'],
      ['a broken film', new Uint8Array(file('film.mp4').subarray(0, 700)), 'media_refused'],
    ])('not as %s: 422, and nothing is kept', async (_, body, code) => {
      const before = [await count(), await lying()]
      expectProblem(await post({ 'x-file-name': 'x.png' }, body), 422, code)
      expect([await count(), await lying()]).toEqual(before)
    })

    it.each([
      ['no form at all', 'multipart/form-data; boundary=x', 'hello'],
      ['a form without its boundary', 'multipart/form-data', 'hello'],
      [
        'a form that breaks off',
        'multipart/form-data; boundary=x',
        '--x\r\ncontent-disposition: form-data; name="f"; fil',
      ],
      [
        'a form without a file',
        'multipart/form-data; boundary=x',
        '--x\r\ncontent-disposition: form-data; name="f"\r\n\r\nv\r\n--x--\r\n',
      ],
    ])('not as %s', async (_, type, body) => {
      const answer = await post({ 'content-type': type }, body)
      expect([400, 422], answer.text).toContain(answer.status)
      expectProblem(answer)
    })

    it('not in a form that ends in the middle of the file', async () => {
      const before = await lying()
      const body = Buffer.concat([
        Buffer.from('--x\r\ncontent-disposition: form-data; name="f"; filename="a.png"\r\n\r\n'),
        PNG.subarray(0, 50),
      ])
      const answer = await post({ 'content-type': 'multipart/form-data; boundary=x' }, new Uint8Array(body))
      expectProblem(answer, 400, 'invalid_request')
      expect(await lying()).toEqual(before)
    })

    it('not under a name that is not encoded', async () => {
      expectProblem(await post({ 'x-file-name': '%E0%A4%A' }, new Uint8Array(PNG)), 400, 'invalid_request')
    })

    it('not larger than the operator wants, whether the length is told or not, in a form or not', async () => {
      const big = randomBytes(1024 ** 2 + 1)
      big.set(PNG)
      expectProblem(await post({ 'content-length': String(big.length) }, new Uint8Array(big)), 413, 'body_too_large')
      const stream = new ReadableStream({
        start(controller) {
          for (let at = 0; at < big.length; at += 65_536) controller.enqueue(big.subarray(at, at + 65_536))
          controller.close()
        },
      })
      expectProblem(await post({}, stream), 413, 'body_too_large')
      const form = new FormData()
      form.append('f', new Blob([big]), 'big.png')
      expectProblem(await post({}, form), 413, 'body_too_large')
    })

    it('not from another site, for whom a browser would send a form', async () => {
      const browser = world.browser()
      await browser.signIn()
      const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const elsewhere = { cookie, 'sec-fetch-site': 'cross-site', 'content-type': 'multipart/form-data; boundary=x' }
      expectProblem(await send(world, 'POST', '/api/v1/media', elsewhere, 'x'), 403, 'cross_site')
      const here = await send(world, 'POST', '/api/v1/media', { cookie, ...sameOrigin }, new Uint8Array(PNG))
      expect(here.status).toBe(201)
    })

    it('not by who may only look', async () => {
      const key = await keyWith(world, 'posts:read')
      expectProblem(await post({}, new Uint8Array(PNG), key), 403, 'forbidden')
    })
  })

  describe('go out', () => {
    let film: Json
    const bytes = file('film.mp4')
    beforeAll(async () => {
      film = await world.upload(bytes, 'Fi"lm – \r\n.mp4')
    })

    it('whole, as what they are and as nothing else', async () => {
      const { status, headers, bytes: got } = await get(`/media/${film.id}/content`)
      expect([status, got.equals(bytes)]).toEqual([200, true])
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'video/mp4',
        'content-length': String(bytes.length),
        'accept-ranges': 'bytes',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'content-disposition': `inline; filename="Fi_lm _ .mp4"; filename*=UTF-8''Fi%22lm%20%E2%80%93%20.mp4`,
        'cache-control': 'private, max-age=3600',
      })
      expect(headers.get('content-range')).toBeNull()
    })

    it('to be saved, where a browser might do more than show them', async () => {
      for (const name of ['paper.pdf', 'words.docx']) {
        const { id } = await world.upload(file(name), name)
        const { headers } = await get(`/media/${id}/content`)
        expect(headers.get('content-disposition'), name).toMatch(/^attachment; /)
      }
    })

    it.each([
      ['bytes=0-9', 0, 10],
      ['bytes=100-', 100, undefined],
      ['bytes=-5', -5, undefined],
    ])('in part: %s', async (range, from, to) => {
      const { status, headers, bytes: got } = await get(`/media/${film.id}/content`, { range })
      const part = bytes.subarray(from, to)
      expect([status, got.equals(part)]).toEqual([206, true])
      const first = from < 0 ? bytes.length + from : from
      expect(headers.get('content-range')).toBe(`bytes ${first}-${first + part.length - 1}/${bytes.length}`)
      expect(headers.get('content-length')).toBe(String(part.length))
    })

    it('not in a part that they do not have', async () => {
      const answer = await send(world, 'GET', `/api/v1/media/${film.id}/content`, {
        ...bearer(),
        range: 'bytes=9999999-',
      })
      expectProblem(answer, 416, 'range_refused')
      expect(answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`)
    })

    it('not again to who has them', async () => {
      const etag = (await get(`/media/${film.id}/content`)).headers.get('etag') ?? ''
      const again = await get(`/media/${film.id}/content`, { 'if-none-match': etag })
      expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag])
      expect((await get(`/media/${film.id}/content`, { 'if-range': '"x"', range: 'bytes=0-1' })).status).toBe(200)
    })

    it('as a head alone, with nothing left open', async () => {
      const { status, headers, bytes: got } = await get(`/media/${film.id}/content`, {}, 'HEAD')
      expect([status, got.length, headers.get('content-length')]).toEqual([200, 0, String(bytes.length)])
      expect((await get(`/media/${film.id}/content`, { range: 'bytes=0-9' }, 'HEAD')).status).toBe(206)
    })

    it('as a preview, made once', async () => {
      const { id } = await world.upload(await plain(2000, 1000).jpeg().toBuffer(), 'large.jpg')
      const first = await get(`/media/${id}/preview`)
      expect(first.headers.get('content-type')).toBe('image/webp')
      expect(await sharp(first.bytes).metadata()).toMatchObject({ width: 640, height: 320 })
      const again = await Promise.all([1, 2, 3].map(() => get(`/media/${id}/preview`)))
      for (const one of again) expect(one.bytes.equals(first.bytes)).toBe(true)
      const made = await world.database.query('select 1 from mooring.media where made_from = $1', [id])
      expect(made).toHaveLength(1)
    })

    it('without a preview, where there is no picture', async () => {
      expectProblem(await send(world, 'GET', `/api/v1/media/${film.id}/preview`, bearer()), 404, 'not_found')
    })

    it('in pages, the newest first, without what was made of them', async () => {
      const ids: string[] = []
      let cursor: string | null = ''
      do {
        const page: Json = await world.api('GET', `/media?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
        expect(page.status).toBe(200)
        ids.push(...page.body.data.map((one: Json) => one.id))
        cursor = page.body.nextCursor
      } while (cursor)
      expect(ids.length).toBe(await count(' where made_from is null'))
      expect(new Set(ids).size).toBe(ids.length)
    })
  })

  describe('go', () => {
    it('with what was made of them, and are no more', async () => {
      const before = await lying()
      const { id } = await world.upload(await plain(700, 10).png().toBuffer())
      await get(`/media/${id}/preview`)
      expect((await lying()).length).toBe(before.length + 2)
      expect((await world.api('DELETE', `/media/${id}`)).status).toBe(204)
      expect(await lying()).toEqual(before)
      for (const path of ['', '/content', '/preview'])
        expectProblem(await send(world, 'GET', `/api/v1/media/${id}${path}`, bearer()), 404, 'not_found')
      expectProblem(await send(world, 'DELETE', `/api/v1/media/${id}`, bearer()), 404, 'not_found')
      expect(await world.database.query('select 1 from mooring.media where id = $1 or made_from = $1', [id])).toEqual(
        [],
      )
    })

    it('not while a draft has them', async () => {
      const { id } = await world.upload()
      const draft = { content: { text: 'x', media: [{ id }] }, targets: [], when: { how: 'draft' } }
      const { body } = await world.api('POST', '/posts', draft)
      expectProblem(await send(world, 'DELETE', `/api/v1/media/${id}`, bearer()), 409, 'media_in_use')
      expect((await get(`/media/${id}/content`)).status).toBe(200)
      expect((await world.api('DELETE', `/posts/${body.id}`)).status).toBe(204)
      expect((await world.api('DELETE', `/media/${id}`)).status).toBe(204)
    })
  })

  it('are shown in the workspace that an address names, where a browser asks by itself', async () => {
    const browser = world.browser()
    await browser.signIn()
    const { id: other } = (await browser.send('POST', '/workspaces', { name: 'Another' })).body
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, ...sameOrigin, 'mooring-workspace': other }
    const { body } = await send(world, 'POST', '/api/v1/media', headers, new Uint8Array(PNG))
    const shown = (path: string) => browser.send('GET', path).then(({ status }) => status)
    expect(await shown(body.url)).toBe(404)
    expect(await shown(`${body.url}?workspace=${other}`)).toBe(200)
    expect(await shown(`${body.preview}?workspace=${other}`)).toBe(200)
    expect(await shown(`${body.url}?workspace=${UNKNOWN}`)).toBe(404)
    // Elsewhere a page says it by its header, and a link that somebody sends says nothing.
    expect(await shown(`/media/${body.id}?workspace=${other}`)).toBe(404)
  })

  it('are noted: who brought one, and who took it away', async () => {
    const { id } = await world.upload(PNG, 'noted.png')
    await world.api('DELETE', `/media/${id}`)
    const { body } = await world.api('GET', '/audit?limit=10')
    const noted = body.data.filter((one: Json) => one.target?.id === id)
    expect(noted.map((one: Json) => [one.action, one.target.label])).toEqual([
      ['media.removed', 'noted.png'],
      ['media.added', 'noted.png'],
    ])
  })

  it('of nobody are 404', async () => {
    for (const path of ['', '/content', '/preview'])
      expectProblem(await send(world, 'GET', `/api/v1/media/${UNKNOWN}${path}`, bearer()), 404, 'not_found')
  })
})

describe('a server without a place for files', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_MEDIA_DIR: '' } })
  })
  afterAll(() => world.close())

  it('says so when one comes, and works but for that', async () => {
    const answer = await send(world, 'POST', '/api/v1/media', bearer(), new Uint8Array(PNG))
    expectProblem(answer, 500, 'config_invalid')
    expect(answer.body.operatorDetail).toContain('MOORING_MEDIA_DIR')
    expect(await world.api('GET', '/media')).toMatchObject({ status: 200, body: { data: [] } })
  })
})
