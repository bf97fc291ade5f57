import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sampleGif, samplePng } from '../../core/samples.ts'
import { NORTHWIND } from '../testing.ts'
import { errorOf, jpeg, pageKit } from './testing.ts'

const k = pageKit()
const photo = (fields: Record<string, string | undefined>, token?: string) =>
  k.send(`/${NORTHWIND}/photos`, fields, token)
const large = Buffer.concat([jpeg(), Buffer.alloc(4 * 1024 * 1024)])

describe('a photo is refused', () => {
  it('without a file', async () => {
    const answer = await photo({ caption: 'x' })
    expect(errorOf(answer)).toEqual({ status: 400, code: 324, subcode: undefined })
    expect(answer.json.error.message).toBe('(#324) Requires upload file')
  })

  it.each<[string, () => string]>([
    ['not there', () => k.files.serve('', 'image/jpeg', 404)],
    ['elsewhere', () => k.files.answering(() => ({ status: 301, headers: { location: k.files.jpeg() } }))],
    ['a page', () => k.files.serve('<html>', 'text/html')],
    ['nobody’s', () => k.files.nobody],
    ['no address', () => 'a.jpg'],
  ])('where its address is %s', async (_, url) => {
    expect(errorOf(await photo({ url: url() }))).toEqual({ status: 400, code: 324, subcode: 2069019 })
  })

  it.each<[string, Uint8Array]>([
    ['of 4 MB', large],
    ['as GIF', sampleGif(1)],
    ['that is none', Buffer.from('no photo')],
  ])('%s', async (_, bytes) => {
    expect(errorOf(await photo({ url: k.files.serve(bytes, 'image/jpeg') }))).toEqual({
      status: 400,
      code: 100,
      subcode: 1366046,
    })
    const sent = await k.upload(`/${NORTHWIND}/photos`, { source: bytes })
    expect(errorOf(sent)).toEqual({ status: 400, code: 100, subcode: 1366046 })
    expect(sent.json.error.error_user_msg).toContain('smaller than 4 MB and saved as JPG, PNG')
  })

  it('of a person’s token', async () => {
    expect(errorOf(await photo({ url: k.files.jpeg() }, k.user))).toMatchObject({ status: 403, code: 200 })
    expect(errorOf(await photo({ url: k.files.jpeg(), published: 'false' }, k.user))).toMatchObject({
      status: 400,
      code: 200,
    })
    expect(k.files.asked.length).toBeGreaterThan(0)
  })
})

describe('a photo', () => {
  it('is posted at once, with its text and its alternative text', async () => {
    const { json } = await photo({ url: k.files.jpeg(800, 600), message: 'A jug', alt_text_custom: 'A blue jug' })
    expect(json).toEqual({ id: expect.stringMatching(/^13\d{14}$/), post_id: expect.stringContaining(`${NORTHWIND}_`) })
    expect(k.ledger()).toMatchObject([
      {
        ...{ id: json.post_id, kind: 'post', text: 'A jug' },
        media: [{ kind: 'image', alt: 'A blue jug', sha256: createHash('sha256').update(jpeg()).digest('hex') }],
      },
    ])
    const shown = await k.read(`/${json.id}`, { fields: 'alt_text,page_story_id,images' })
    expect(shown.json).toMatchObject({ alt_text: 'A blue jug', page_story_id: json.post_id, images: [{ width: 800 }] })
  })

  it('comes as a file of a form, too, as PNG or as JPEG', async () => {
    for (const source of [jpeg(), samplePng(300, 200)]) {
      const { status, json } = await k.upload(`/${NORTHWIND}/photos`, { caption: 'x', source })
      expect([status, Object.keys(json)]).toEqual([200, ['id', 'post_id']])
    }
  })

  it('waits where it is staged, is shown to nobody, and can be taken back', async () => {
    const id = await k.stage()
    expect(k.ledger()).toEqual([])
    expect((await k.read(`/${NORTHWIND}/feed`)).json.data).toEqual([])
    expect((await k.remove(`/${id}`)).json).toEqual({ success: true })
    expect(errorOf(await k.remove(`/${id}`))).toMatchObject({ code: 100, subcode: 33 })
    expect(errorOf(await k.read(`/${id}`))).toMatchObject({ code: 100, subcode: 33 })
    const attached_media = JSON.stringify([{ media_fbid: id }])
    expect(errorOf(await k.send(`/${NORTHWIND}/feed`, { attached_media }))).toMatchObject({ code: 100 })
  })

  it('that is posted goes with its post, and its post with it', async () => {
    const { json } = await photo({ url: k.files.jpeg() })
    await k.remove(`/${json.id}`)
    expect(k.ledger()).toMatchObject([{ id: json.post_id, deleted: true }])
  })

  it('is not looked up for duplicates: the same one twice is two posts', async () => {
    const url = k.files.jpeg()
    await photo({ url, message: 'Twice' })
    await photo({ url, message: 'Twice' })
    expect(k.ledger()).toHaveLength(2)
  })

  it('is scheduled', async () => {
    const { json } = await photo({ url: k.files.jpeg(), published: 'false', scheduled_publish_time: '+1 hour' })
    expect(json.post_id).toBeDefined()
    expect(k.ledger()).toEqual([])
    k.advance(3600)
    expect(k.ledger()).toMatchObject([{ id: json.post_id }])
  })
})
