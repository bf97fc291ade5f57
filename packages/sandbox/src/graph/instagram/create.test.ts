import { describe, expect, it } from 'vitest'
import { sampleGif, sampleJpeg, samplePng } from '../../core/samples.ts'
import { ACCOUNT, errorOf, publisher, TOMAS } from './testing.ts'

const long = (length: number) => 'a'.repeat(length)
const many = (count: number, mark: string) => Array.from({ length: count }, (_, at) => `${mark}t${at}`).join(' ')

describe.each(['meta', 'instagram'] as const)('POST /{account}/media by %s', (via) => {
  const p = publisher(via)
  const create = (params: Record<string, string | undefined>) => p.call('POST', `/${ACCOUNT}/media`, params)
  const refusal = async (params: Record<string, string | undefined>) => errorOf(await create(params))

  describe('refuses', () => {
    it('an address that cannot be fetched, and says which', async () => {
      for (const image_url of [
        p.files.nobody,
        p.files.serve('', 'text/plain', 404),
        p.files.serve('', 'text/plain', 401, { 'www-authenticate': 'Basic' }),
        p.files.serve('<html>', 'text/html'),
        p.files.serve('nothing of the kind', 'image/jpeg'),
        p.files.answering(() => ({ status: 302, headers: { location: p.files.jpeg() } })),
        'ftp://127.0.0.1/a.jpg',
        'http://user:word@127.0.0.1/a.jpg',
        'not an address',
        p.files.mp4(),
      ]) {
        const answer = await create({ image_url })
        expect(errorOf(answer), image_url).toEqual({ status: 400, code: 9004, subcode: 2207052 })
        expect(answer.json.error).toMatchObject({
          message: 'Only photo or video can be accepted as media type.',
          error_user_title: "Media download has failed. The media URI doesn't meet our requirements.",
          is_transient: false,
        })
        expect(answer.json.error.error_user_msg).toBe(`The media could not be fetched from this URI: ${image_url}`)
      }
    })

    it('one that takes too long', async () => {
      p.settings({ fetchMs: 50 })
      expect(await refusal({ image_url: p.files.answering(() => 'never') })).toEqual({
        status: 400,
        code: -2,
        subcode: 2207003,
      })
    })

    it.each<[string, () => string, number, number]>([
      ['PNG', () => p.files.png(400, 400), 36001, 2207005],
      ['GIF', () => p.files.serve(sampleGif(1), 'image/gif'), 36001, 2207005],
      [
        'more than 8 MiB',
        () => p.files.serve(Buffer.concat([sampleJpeg(800, 800), Buffer.alloc(8 * 1024 * 1024)]), 'image/jpeg'),
        36000,
        2207004,
      ],
      ['too tall', () => p.files.jpeg(719, 1000), 36003, 2207009],
      ['too wide', () => p.files.jpeg(1000, 510), 36003, 2207009],
    ])('a picture: %s', async (_, url, code, subcode) => {
      expect(await refusal({ image_url: url() })).toEqual({ status: 400, code, subcode })
    })

    it('a shape, and names it', async () => {
      const { json } = await create({ image_url: p.files.jpeg(719, 1200) })
      expect(json.error.error_user_msg).toContain("('719/1200',)")
    })

    it('a width, where it is told to', async () => {
      p.settings({ width: 'refused' })
      for (const side of [319, 1441])
        expect((await refusal({ image_url: p.files.jpeg(side, side) })).subcode).toBe(2207009)
      expect((await create({ image_url: p.files.jpeg(1440, 1440) })).status).toBe(200)
    })

    it('a caption that is too long, of too many hashtags or mentions', async () => {
      const image_url = p.files.jpeg()
      const tooLong = await create({ image_url, caption: long(2201) })
      expect(errorOf(tooLong)).toEqual({ status: 400, code: 36004, subcode: 2207010 })
      expect(tooLong.json.error.error_user_msg).toContain('2201 characters long')
      expect(await refusal({ image_url, caption: many(31, '#') })).toEqual({
        status: 400,
        code: 36004,
        subcode: 2207010,
      })
      expect(await refusal({ image_url, caption: many(21, '@') })).toEqual({ status: 400, code: 100, subcode: 2207040 })
      expect((await create({ image_url, caption: '👍'.repeat(2200) })).status).toBe(200)
      expect((await create({ image_url, caption: `${many(30, '#')} ${many(20, '@')} me@example.com` })).status).toBe(
        200,
      )
    })

    it.each<[string, Record<string, string | undefined>]>([
      ['nothing', {}],
      ['a video without a type', { video_url: 'x' }],
      ['a reel without a video', { media_type: 'REELS' }],
      ['a reel of a picture', { media_type: 'REELS', image_url: 'x' }],
      ['a story of nothing', { media_type: 'STORIES' }],
      ['a single VIDEO, which is over', { media_type: 'VIDEO', video_url: 'x' }],
      ['a reel in a carousel', { media_type: 'REELS', video_url: 'x', is_carousel_item: 'true' }],
      ['alt text of a reel', { media_type: 'REELS', video_url: 'x', alt_text: 'x' }],
      ['alt text of 1001 characters', { image_url: 'x', alt_text: long(1001) }],
      ['four collaborators', { image_url: 'x', collaborators: '["a","b","c","d"]' }],
      ['user tags that are no list', { image_url: 'x', user_tags: '[{' }],
      ['an offset that is no number', { media_type: 'REELS', video_url: 'x', thumb_offset: 'soon' }],
      ['another kind of upload', { media_type: 'REELS', upload_type: 'magic' }],
      ['bytes of a picture', { upload_type: 'resumable' }],
      ['children that are no ids', { media_type: 'CAROUSEL', children: 'a,b' }],
    ])('%s', async (_, params) => {
      const answer = await create(params)
      expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: undefined })
      expect(p.files.asked.some(({ path }) => path === 'x')).toBe(false)
    })

    it.each<[string, Record<string, string | undefined>, number, number]>([
      ['a type that is none', { media_type: 'GIF', image_url: 'x' }, 100, 2207023],
      ['a carousel of one', { media_type: 'CAROUSEL', children: '1' }, 100, 2207028],
      ['a carousel of eleven', { media_type: 'CAROUSEL', children: '1,2,3,4,5,6,7,8,9,10,11' }, 100, 2207028],
      ['a carousel of nothing', { media_type: 'CAROUSEL' }, 100, 2207028],
      ['children that are not there', { media_type: 'CAROUSEL', children: '1,2' }, 24, 2207006],
      [
        '21 tagged people',
        { image_url: 'x', user_tags: JSON.stringify(Array(21).fill({ username: 'a' })) },
        100,
        2207040,
      ],
    ])('%s', async (_, params, code, subcode) => {
      expect(await refusal(params)).toEqual({ status: 400, code, subcode })
    })

    it('children that stand alone, or are over', async () => {
      const alone = await p.container({ image_url: p.files.jpeg() })
      const item = await p.container({ image_url: p.files.jpeg(), is_carousel_item: 'true' })
      expect(await refusal({ media_type: 'CAROUSEL', children: `${alone},${item}` })).toMatchObject({ code: 100 })
      p.advance(24 * 3600)
      expect(await refusal({ media_type: 'CAROUSEL', children: `${item},${item}` })).toMatchObject({
        code: -2,
        subcode: 2207020,
      })
    })

    it('another account, and one that is not there', async () => {
      for (const id of [TOMAS, '17841400000009999'])
        expect(errorOf(await p.call('POST', `/${id}/media`, { image_url: p.files.jpeg() }))).toEqual({
          ...{ status: 400, code: 100, subcode: 33 },
        })
    })

    it('more than 400 in a day, and counts none that were refused', async () => {
      p.settings({ containersPerDay: 2 })
      await refusal({ image_url: p.files.nobody })
      await p.container({ image_url: p.files.jpeg() })
      await p.container({ image_url: p.files.jpeg() })
      expect(await refusal({ image_url: p.files.jpeg() })).toEqual({ status: 400, code: 9, subcode: 2207042 })
      p.advance(24 * 3600)
      expect((await create({ image_url: p.files.jpeg() })).status).toBe(200)
    })
  })

  it('counts those that come at once, too', async () => {
    p.settings({ containersPerDay: 1 })
    const image_url = p.files.jpeg()
    const answers = await Promise.all(Array.from({ length: 4 }, () => create({ image_url })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400])
  })

  it('takes a JPEG, and asks for it as Meta does', async () => {
    const image_url = p.files.jpeg(1080, 1350)
    const { status, json } = await create({ image_url, caption: 'Hello', alt_text: 'A jug' })
    expect([status, Object.keys(json)]).toEqual([200, ['id']])
    const asked = p.files.asked.filter(({ path }) => image_url.endsWith(path))
    expect(asked).toHaveLength(1)
    expect(asked[0]?.agent).toContain('facebookexternalhit/1.1')
  })

  it('takes what settings let in', async () => {
    p.settings({ png: 'accepted' })
    expect((await create({ image_url: p.files.serve(samplePng(400, 400), 'image/png') })).status).toBe(200)
  })

  it('takes a story of any shape, and a reel with its cover', async () => {
    expect((await create({ media_type: 'STORIES', image_url: p.files.jpeg(900, 1600) })).status).toBe(200)
    const reel = { media_type: 'REELS', video_url: p.files.mp4() }
    expect((await create({ ...reel, cover_url: p.files.jpeg(1080, 1920) })).status).toBe(200)
    expect(await refusal({ ...reel, cover_url: p.files.nobody })).toMatchObject({ subcode: 2207052 })
  })

  it('refuses what it is told to, once', async () => {
    p.refuse('container', 2207032)
    expect(await refusal({ image_url: p.files.jpeg() })).toEqual({ status: 400, code: -1, subcode: 2207032 })
    expect((await create({ image_url: p.files.jpeg() })).status).toBe(200)
  })
})
