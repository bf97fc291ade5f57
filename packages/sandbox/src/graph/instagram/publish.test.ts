import { describe, expect, it } from 'vitest'
import { ACCOUNT, errorOf, publisher } from './testing.ts'

describe.each(['meta', 'instagram'] as const)('a container by %s', (via) => {
  const p = publisher(via)
  const status = async (id: string) => (await p.call('GET', `/${id}`, { fields: 'status_code,status' })).json
  const publish = (creation_id?: string) => p.call('POST', `/${ACCOUNT}/media_publish`, { creation_id })
  const reel = (how: Parameters<typeof p.files.mp4>[0] = {}, more = {}) =>
    p.container({ media_type: 'REELS', video_url: p.files.mp4(how), ...more })

  it('of a picture is in progress first, too', async () => {
    const id = await p.container({ image_url: p.files.jpeg() })
    expect(await status(id)).toEqual({
      ...{ id, status_code: 'IN_PROGRESS', status: 'In Progress: Media is still being processed.' },
    })
    const early = await publish(id)
    expect(errorOf(early)).toEqual({ status: 400, code: 9007, subcode: 2207027 })
    expect(early.json.error).toMatchObject({ message: 'Media ID is not available', error_user_title: 'Cannot Publish' })
    p.advance(1)
    expect((await status(id)).status_code).toBe('FINISHED')
    expect((await publish(id)).status).toBe(200)
    expect((await status(id)).status_code).toBe('PUBLISHED')
  })

  it('takes as long as it is told to', async () => {
    p.settings({ imageMs: 0, videoMs: 60_000 })
    expect((await status(await p.container({ image_url: p.files.jpeg() }))).status_code).toBe('FINISHED')
    const id = await reel()
    p.advance(59)
    expect((await status(id)).status_code).toBe('IN_PROGRESS')
    p.advance(1)
    expect((await status(id)).status_code).toBe('FINISHED')
  })

  it('becomes one media, however often it is published', async () => {
    const id = await p.container({ image_url: p.files.jpeg() })
    p.advance(1)
    const answers = await Promise.all([publish(id), publish(id), publish(id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
    const again = await publish(id)
    expect(errorOf(again)).toEqual({ status: 400, code: 9007, subcode: 2207027 })
    p.settings({ publishedAgain: 'same' })
    const made = answers.find((one) => one.status === 200)?.json.id
    expect((await publish(id)).json).toEqual({ id: made })
    expect(p.ledger()).toHaveLength(1)
    expect(made).not.toBe(id)
  })

  it('is over after a day', async () => {
    const id = await p.container({ image_url: p.files.jpeg() })
    p.advance(24 * 3600 - 1)
    expect((await status(id)).status_code).toBe('FINISHED')
    p.advance(1)
    expect((await status(id)).status_code).toBe('EXPIRED')
    expect(errorOf(await publish(id))).toEqual({ status: 400, code: -2, subcode: 2207020 })
    expect(p.ledger()).toEqual([])
  })

  it('that was published stays so after a day', async () => {
    const id = await p.container({ image_url: p.files.jpeg() })
    p.advance(1)
    await publish(id)
    p.advance(48 * 3600)
    expect((await status(id)).status_code).toBe('PUBLISHED')
  })

  it('is not published without its id, by another one, or alone where it is part of a carousel', async () => {
    expect(errorOf(await publish())).toMatchObject({ code: 100 })
    expect(errorOf(await publish('17000'))).toEqual({ status: 400, code: 24, subcode: 2207008 })
    const item = await p.container({ image_url: p.files.jpeg(), is_carousel_item: 'true' })
    p.advance(1)
    expect(errorOf(await publish(item))).toMatchObject({ code: 100 })
    expect(p.ledger()).toEqual([])
  })

  describe('of a video that is not taken ends in an error', () => {
    it.each<[string, Parameters<typeof p.files.mp4>[0]]>([
      ['too short', { seconds: 2.5 }],
      ['too long', { seconds: 15 * 60 + 1 }],
      ['too few pictures a second', { rate: 20 }],
      ['too many', { rate: 75 }],
      ['wider than 1920', { width: 1922, height: 1080 }],
      ['another codec', { codec: 'vp09' }],
      ['contents at the end', { moovLast: true }],
    ])('%s', async (_, how) => {
      const id = await reel(how)
      expect((await status(id)).status_code).toBe('IN_PROGRESS')
      p.advance(3)
      expect(await status(id)).toEqual({
        ...{ id, status_code: 'ERROR', status: 'Error: Media upload has failed with error code 2207026' },
      })
      expect(errorOf(await publish(id))).toMatchObject({ code: 9007 })
      expect(p.ledger()).toEqual([])
    })

    it('that nobody can read', async () => {
      const id = await p.container({ media_type: 'REELS', video_url: p.files.serve('no film', 'video/mp4') })
      p.advance(3)
      expect((await status(id)).status).toContain('2207026')
    })

    it('a story of more than a minute, where a reel would do', async () => {
      const video_url = p.files.mp4({ seconds: 61 })
      const id = await p.container({ media_type: 'STORIES', video_url })
      const same = await p.container({ media_type: 'REELS', video_url })
      p.advance(3)
      expect([(await status(id)).status_code, (await status(same)).status_code]).toEqual(['ERROR', 'FINISHED'])
    })

    it('a cover from after its end', async () => {
      const late = await reel({}, { thumb_offset: '10000' })
      const fine = await reel({}, { thumb_offset: '9999' })
      p.advance(3)
      expect((await status(late)).status).toContain('2207057')
      expect((await status(fine)).status_code).toBe('FINISHED')
    })

    it('one that could not be fetched, where that is told later', async () => {
      expect(
        errorOf(await p.call('POST', `/${ACCOUNT}/media`, { media_type: 'REELS', video_url: p.files.nobody })),
      ).toEqual({
        ...{ status: 400, code: 9004, subcode: 2207052 },
      })
      p.settings({ videoFetch: 'later' })
      const id = await p.container({ media_type: 'REELS', video_url: p.files.nobody })
      p.advance(3)
      expect((await status(id)).status).toContain('2207077')
    })

    it('that control told to', async () => {
      p.failProcessing(2207082)
      const id = await p.container({ image_url: p.files.jpeg() })
      const next = await p.container({ image_url: p.files.jpeg() })
      p.advance(3)
      expect((await status(id)).status).toContain('2207082')
      expect((await status(next)).status_code).toBe('FINISHED')
    })
  })

  describe('of a carousel', () => {
    const item = (more = {}) => p.container({ image_url: p.files.jpeg(), is_carousel_item: 'true', ...more })
    const film = () => p.container({ media_type: 'VIDEO', video_url: p.files.mp4(), is_carousel_item: 'true' })

    it('waits for all of its parts, and is one post', async () => {
      const parts = [await item({ alt_text: 'One', caption: 'lost' }), await film(), await item()]
      const id = await p.container({ media_type: 'CAROUSEL', children: parts.join(','), caption: 'Three' })
      p.advance(2)
      expect((await status(id)).status_code).toBe('IN_PROGRESS')
      expect(errorOf(await publish(id))).toMatchObject({ code: 9007, subcode: 2207027 })
      p.advance(1)
      const media = (await publish(id)).json.id
      expect(p.ledger()).toMatchObject([
        {
          ...{ id: media, kind: 'carousel', text: 'Three' },
          media: [{ kind: 'image', alt: 'One' }, { kind: 'video' }, { kind: 'image', alt: null }],
        },
      ])
      const { json } = await p.call('GET', `/${media}`, { fields: 'media_type,children{id,media_type,alt_text}' })
      expect(json).toMatchObject({
        media_type: 'CAROUSEL_ALBUM',
        children: {
          data: [{ media_type: 'IMAGE', alt_text: 'One' }, { media_type: 'VIDEO' }, { media_type: 'IMAGE' }],
        },
      })
      expect(json.children.data.map(({ id: own }: { id: string }) => own)).not.toContain(parts[0])
    })

    it('takes its parts as a JSON list, too', async () => {
      const parts = [await item(), await item()]
      expect(await p.container({ media_type: 'CAROUSEL', children: JSON.stringify(parts) })).toMatch(/^17\d{15}$/)
    })

    it('fails with one of them', async () => {
      p.failProcessing(2207026)
      const parts = [await item(), await item()]
      const id = await p.container({ media_type: 'CAROUSEL', children: parts.join(',') })
      p.advance(3)
      expect(await status(id)).toMatchObject({ status_code: 'ERROR' })
      expect(errorOf(await publish(id))).toMatchObject({ code: 9007 })
    })
  })

  describe('and the quota of a day', () => {
    const limit = async (fields?: string) =>
      (await p.call('GET', `/${ACCOUNT}/content_publishing_limit`, { fields })).json

    it('is told', async () => {
      expect(await limit('config,quota_usage')).toEqual({
        data: [{ quota_usage: 0, config: { quota_total: 50, quota_duration: 86_400 } }],
      })
      await p.publish({ image_url: p.files.jpeg() })
      expect(await limit()).toEqual({ data: [{ quota_usage: 1 }] })
      expect((await limit('nothing')).error.code).toBe(100)
    })

    it('ends publishing, not making containers, and opens again', async () => {
      p.settings({ postsPerDay: 1 })
      await p.publish({ image_url: p.files.jpeg() })
      const id = await p.container({ image_url: p.files.jpeg() })
      p.advance(10)
      const full = await publish(id)
      expect(errorOf(full)).toEqual({ status: 400, code: 9, subcode: 2207042 })
      expect(full.json.error.error_user_msg).toContain('maximum number of posts')
      p.advance(23 * 3600)
      expect((await publish(id)).json.error.code).toBe(9)
      const later = await p.container({ image_url: p.files.jpeg() })
      p.advance(3590)
      expect((await publish(later)).status).toBe(200)
      expect(p.ledger()).toHaveLength(2)
    })
  })

  it('is refused what control tells', async () => {
    p.refuse('publish', 2207051)
    const id = await p.container({ image_url: p.files.jpeg() })
    p.advance(1)
    expect(errorOf(await publish(id))).toEqual({ status: 400, code: 4, subcode: 2207051 })
    expect((await publish(id)).status).toBe(200)
  })
})
