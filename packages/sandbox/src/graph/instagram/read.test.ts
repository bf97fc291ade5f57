import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sampleJpeg } from '../../core/samples.ts'
import { ACCOUNT, errorOf, publisher } from './testing.ts'

describe.each(['meta', 'instagram'] as const)('what was published by %s', (via) => {
  const p = publisher(via)
  const list = async (params = {}) => (await p.call('GET', `/${ACCOUNT}/media`, params)).json

  it('is read back by its id, with the way to it', async () => {
    const id = await p.publish({ image_url: p.files.jpeg(), caption: 'A jug', alt_text: 'A blue jug' })
    const fields =
      'id,caption,alt_text,media_type,media_product_type,permalink,shortcode,timestamp,username,comments_count'
    const { json } = await p.call('GET', `/${id}`, { fields })
    expect(json).toEqual({
      ...{ id, caption: 'A jug', alt_text: 'A blue jug', media_type: 'IMAGE', media_product_type: 'FEED' },
      ...{ timestamp: '2026-11-21T12:00:10+0000', username: 'northwind.studio', comments_count: 0 },
      ...{ permalink: `https://www.instagram.com/p/${json.shortcode}/`, shortcode: json.shortcode },
    })
    expect(json.shortcode).toMatch(/^D[\w-]{10}$/)
  })

  it('is listed, newest first, page by page and within times', async () => {
    const ids: string[] = []
    for (const caption of ['one', 'two', 'three']) ids.unshift(await p.publish({ image_url: p.files.jpeg(), caption }))
    const shown = await list({ fields: 'id,caption,timestamp,permalink,media_type', limit: '2' })
    expect(shown.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
    expect(new URL(shown.paging.next).pathname).toBe(`/v26.0/${ACCOUNT}/media`)
    const after = shown.paging.cursors.after
    expect((await list({ fields: 'caption', limit: '2', after })).data).toEqual([{ caption: 'one', id: ids[2] }])
    const since = '2026-11-21T12:00:20+0000'
    expect((await list({ fields: 'caption', since })).data).toHaveLength(2)
    const until = String(Date.parse('2026-11-21T12:00:15Z') / 1000)
    expect((await list({ fields: 'caption', until })).data).toEqual([{ caption: 'one', id: ids[2] }])
    expect((await list({ since: 'some day' })).error.code).toBe(100)
    expect((await list({ fields: 'nothing' })).error.message).toContain(
      'nonexisting field (nothing) on node type (IGMedia)',
    )
  })

  it('is a reel or a story, and a story goes after a day', async () => {
    const reel = await p.publish({ media_type: 'REELS', video_url: p.files.mp4(), caption: 'Throwing' })
    const story = await p.publish({ media_type: 'STORIES', image_url: p.files.jpeg(900, 1600) })
    const fields = 'media_type,media_product_type,permalink'
    expect((await p.call('GET', `/${reel}`, { fields })).json).toMatchObject({
      ...{ media_type: 'VIDEO', media_product_type: 'REELS', permalink: expect.stringContaining('/reel/') },
    })
    expect((await p.call('GET', `/${story}`, { fields })).json).toMatchObject({
      ...{ media_type: 'IMAGE', media_product_type: 'STORY' },
      permalink: `https://www.instagram.com/stories/northwind.studio/${story}`,
    })
    expect((await list()).data).toEqual([{ id: reel }])
    const stories = async () => (await p.call('GET', `/${ACCOUNT}/stories`)).json.data
    expect(await stories()).toEqual([{ id: story }])
    p.advance(24 * 3600)
    expect(await stories()).toEqual([])
    expect(errorOf(await p.call('GET', `/${story}`))).toMatchObject({ code: 100, subcode: 33 })
    expect(p.ledger().map(({ kind }) => kind)).toEqual(['reel', 'story'])
  })

  it('stands in the ledger with what it holds', async () => {
    const bytes = sampleJpeg(1080, 1080)
    const id = await p.publish({ image_url: p.files.jpeg(), caption: 'A jug', alt_text: 'Blue' })
    await p.container({ image_url: p.files.jpeg(), caption: 'never published' })
    expect(p.ledger()).toEqual([
      {
        ...{ id, account: ACCOUNT, kind: 'post', text: 'A jug', at: Date.UTC(2026, 10, 21, 12, 0, 10), replyTo: null },
        media: [{ kind: 'image', alt: 'Blue', sha256: createHash('sha256').update(bytes).digest('hex') }],
        ...{ link: null, visibility: null, deleted: false },
      },
    ])
  })

  it('is commented', async () => {
    const media = await p.publish({ image_url: p.files.jpeg() })
    expect(errorOf(await p.call('POST', `/${media}/comments`))).toMatchObject({ code: 100 })
    expect(errorOf(await p.call('POST', '/18000/comments', { message: 'x' }))).toMatchObject({ code: 100, subcode: 33 })
    const { json } = await p.call('POST', `/${media}/comments`, { message: 'First' })
    expect((await p.call('GET', `/${media}/comments`, { fields: 'id,text,username' })).json.data).toEqual([
      { id: json.id, text: 'First', username: 'northwind.studio' },
    ])
    expect(p.ledger().at(-1)).toMatchObject({ id: json.id, kind: 'comment', text: 'First', replyTo: media })
    const story = await p.publish({ media_type: 'STORIES', image_url: p.files.jpeg() })
    expect(errorOf(await p.call('POST', `/${story}/comments`, { message: 'x' }))).toMatchObject({ code: 100 })
  })

  it('is seen at its permalink by whoever clicks it', async () => {
    const id = await p.publish({ image_url: p.files.jpeg(), caption: 'A <jug>', alt_text: 'Blue & white' })
    await p.call('POST', `/${id}/comments`, { message: 'First' })
    const { permalink, media_url } = (await p.call('GET', `/${id}`, { fields: 'permalink,media_url' })).json
    const page = await fetch(p.at(permalink))
    const source = await page.text()
    expect(page.status).toBe(200)
    for (const part of ['northwind.studio', 'A &lt;jug&gt;', 'alt="Blue &amp; white"', 'First', '2026-11-21 12:00 UTC'])
      expect(source).toContain(part)
    const picture = await fetch(p.at(media_url))
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(new Uint8Array(sampleJpeg(1080, 1080)))
    expect(source).toContain(`src="${p.at(media_url)}"`)
    const letter = new URL(permalink).pathname.slice(3, 5)
    expect((await fetch(p.at(`https://www.instagram.com/p/${letter}aaaaaaaaa/`))).status).toBe(404)
  })

  it('is none where there is none', async () => {
    expect(errorOf(await p.call('GET', '/17100000000000001', { fields: 'status_code' }))).toMatchObject({
      code: 100,
      subcode: 33,
    })
  })
})
