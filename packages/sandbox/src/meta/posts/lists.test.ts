import { describe, expect, it } from 'vitest'
import { CERAMICS, NORTHWIND } from '../testing.ts'
import { errorOf, pageKit } from './testing.ts'

const k = pageKit()

describe.each(['feed', 'posts', 'published_posts'])('/{page}/%s', (edge) => {
  const list = async (query: Record<string, string> = {}, token?: string) =>
    (await k.read(`/${NORTHWIND}/${edge}`, query, token)).json

  it('lists what was posted, newest first, by pages and within times', async () => {
    const ids: string[] = []
    for (const message of ['one', 'two', 'three']) {
      ids.unshift(await k.post(message))
      k.advance(60)
    }
    expect((await list()).data[0]).toEqual({ id: ids[0], message: 'three', created_time: '2026-11-21T12:02:00+0000' })
    const first = await list({ fields: 'id', limit: '2' })
    expect(first.data).toEqual([{ id: ids[0] }, { id: ids[1] }])
    expect(new URL(first.paging.next).pathname).toBe(`/v26.0/${NORTHWIND}/${edge}`)
    expect((await list({ fields: 'id', limit: '2', after: first.paging.cursors.after })).data).toEqual([{ id: ids[2] }])
    const since = String(Date.parse('2026-11-21T12:01:00Z') / 1000)
    expect((await list({ fields: 'id', since })).data).toEqual([{ id: ids[0] }, { id: ids[1] }])
    expect((await list({ fields: 'id', since, until: '2026-11-21T12:01:30' })).data).toEqual([{ id: ids[1] }])
    expect((await list({ until: 'whenever' })).error.code).toBe(100)
  })

  it('shows links and photos as attachments', async () => {
    await k.post('A link', { link: 'https://example.com/' })
    await k.send(`/${NORTHWIND}/photos`, { url: k.files.jpeg(), alt_text_custom: 'Blue' })
    const { data } = await list({ fields: 'attachments,permalink_url,full_picture,status_type' })
    expect(data[1].attachments.data).toMatchObject([{ type: 'share', url: 'https://example.com/' }])
    expect(data[0].attachments.data).toMatchObject([
      { media_type: 'photo', description: 'Blue', url: expect.stringContaining('fbid=') },
    ])
    expect(data[0].full_picture).toContain('scontent.xx.fbcdn.net')
  })

  it('is read with a person’s token as well, not without the permission, nor of another Page', async () => {
    await k.post('x')
    expect((await list({}, k.user)).data).toHaveLength(1)
    expect(errorOf(await k.read(`/${CERAMICS}/${edge}`))).toMatchObject({ code: 100, subcode: 33 })
    k.steer({ decline: { permission: 'pages_read_engagement' } })
    expect((await list()).error).toMatchObject({ code: 10, message: expect.stringContaining('pages_read_engagement') })
  })

  it('refuses fields that are none', async () => {
    await k.post('x')
    expect((await list({ fields: 'id,nothing' })).error.message).toContain('(nothing) on node type (Post)')
    expect((await list({ fields: 'id,(' })).error.code).toBe(2500)
  })
})

describe('a permalink', () => {
  it('leads to a page with the text, the picture, its alternative text, who and when', async () => {
    const id = await k.id(
      k.send(`/${NORTHWIND}/photos`, { url: k.files.jpeg(), message: 'A <jug>', alt_text_custom: 'Blue & white' }),
    )
    const post = (await k.read(`/${id}`, { fields: 'page_story_id' })).json.page_story_id
    await k.send(`/${post}/comments`, { message: 'First' })
    const { permalink_url, full_picture } = (await k.read(`/${post}`, { fields: 'permalink_url,full_picture' })).json
    const page = await fetch(k.at(permalink_url))
    const source = await page.text()
    expect(page.status).toBe(200)
    for (const part of ['Northwind Studio', 'A &lt;jug&gt;', 'alt="Blue &amp; white"', 'First', '2026-11-21 12:00 UTC'])
      expect(source).toContain(part)
    expect(source).toContain(`src="${k.at(full_picture)}"`)
    expect((await fetch(k.at(full_picture))).headers.get('content-type')).toBe('image/jpeg')
    await k.remove(`/${post}`)
    expect((await fetch(k.at(permalink_url))).status).toBe(404)
  })

  it('stands on the sandbox’s own page, too', async () => {
    const id = await k.post('Look at me')
    const source = await (await fetch(k.sandbox.url)).text()
    expect(source).toContain('Look at me')
    expect(source).toContain(`${k.at(`https://www.facebook.com/${NORTHWIND}/posts/${id.split('_')[1]}`)}`)
  })

  it('of what is not seen leads nowhere', async () => {
    const id = await k.post('Later', { published: 'false', scheduled_publish_time: '+1 hour' })
    const { permalink_url } = (await k.read(`/${id}`, { fields: 'permalink_url' })).json
    expect((await fetch(k.at(permalink_url))).status).toBe(404)
    expect((await fetch(k.at(`https://scontent.xx.fbcdn.net/o1/${'0'.repeat(64)}.jpeg`))).status).toBe(404)
  })
})
