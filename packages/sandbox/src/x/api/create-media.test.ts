import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sampleGif, samplePng } from '../../core/samples.ts'
import { movie } from '../media/mp4-testing.ts'
import { xKit } from '../testing.ts'
import { finalize, GIF, initialize, inPieces, picture, ready, VIDEO } from '../upload/upload-testing.ts'

const k = xKit()
const TOMAS = '1790000000000000102'
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function refusesMedia(token: string, ids: string[], wrong = ids): Promise<void> {
  const answer = await k.create(token, { text: 'Look', media: { media_ids: ids } })
  expect([answer.status, answer.json.errors]).toEqual([
    400,
    [{ message: 'Your media IDs are invalid.', parameters: { 'media.media_ids': wrong } }],
  ])
}

describe('a post with media', () => {
  it('has up to four pictures, without a text if need be', async () => {
    const access = await k.token()
    const ids: string[] = []
    for (const red of [0, 1, 2, 3]) ids.push(await picture(k, access, red))
    await k.send('POST', '/2/media/metadata', access, { id: ids[1], metadata: { alt_text: { text: 'A cup' } } })
    const made = await k.create(access, { media: { media_ids: ids } })
    expect([made.status, made.json.data.text]).toEqual([201, expect.stringMatching(/^https:\/\/t\.co\/\w{10}$/)])
    expect(k.ledger()[0]).toMatchObject({
      text: '',
      media: [0, 1, 2, 3].map((red) => ({
        kind: 'image',
        alt: red === 1 ? 'A cup' : null,
        sha256: sha(samplePng(40, 30, red)),
      })),
    })
    // No text is not the same text.
    expect((await k.create(access, { media: { media_ids: [ids[0]] } })).status).toBe(201)
  })

  it('has one GIF, or one video', async () => {
    const access = await k.token()
    const [gif, video] = [sampleGif(12), movie()]
    for (const id of [await ready(k, access, gif, GIF), await ready(k, access, video)])
      expect((await k.create(access, { text: `It moves ${id}`, media: { media_ids: [id] } })).status).toBe(201)
    expect(k.ledger().map(({ media }) => media)).toEqual([
      [{ kind: 'gif', alt: null, sha256: sha(gif) }],
      [{ kind: 'video', alt: null, sha256: sha(video) }],
    ])
  })

  it('is refused with what was never uploaded, is another’s, or is no more', async () => {
    const access = await k.token()
    const own = await picture(k, access)
    const other = await picture(k, await k.token('tomas'))
    await refusesMedia(access, ['12345'])
    await refusesMedia(access, [own, other, '1'], [other, '1'])
    k.sandbox.control.advance(24 * 3600 - 7200)
    const later = await k.token()
    expect((await k.create(later, { media: { media_ids: [own] } })).status).toBe(201)
    k.sandbox.control.advance(7200)
    await refusesMedia(await k.token(), [own])
  })

  it('takes another’s where the user is among the owners', async () => {
    const shared = await picture(k, await k.token(), 0, { additional_owners: TOMAS })
    expect((await k.create(await k.token('tomas'), { media: { media_ids: [shared] } })).status).toBe(201)
    await refusesMedia(await k.token('priya'), [shared])
  })

  it('is refused with more kinds than one, or one twice', async () => {
    const access = await k.token()
    const [one, two] = [await picture(k, access, 1), await picture(k, access, 2)]
    const gif = await ready(k, access, sampleGif(3), GIF)
    const video = await ready(k, access, movie())
    for (const ids of [
      [one, gif],
      [video, two],
      [gif, video],
      [one, one],
    ])
      await refusesMedia(access, ids)
  })

  it('is refused with what is for messages', async () => {
    const access = await k.token()
    await refusesMedia(access, [await picture(k, access, 0, { media_category: 'dm_image' })])
    await refusesMedia(access, [await ready(k, access, movie(), { ...VIDEO, media_category: 'dm_video' })])
  })

  it('is refused with what is not whole, not ready, or failed', async () => {
    const access = await k.token()
    const begun = (await initialize(k, access, { ...VIDEO, total_bytes: 10 })).json.data.id
    await refusesMedia(access, [begun])
    const pending = (await inPieces(k, access, movie(), VIDEO)).json.data.id
    await refusesMedia(access, [pending])
    k.sandbox.control.advance(1)
    expect((await k.create(access, { media: { media_ids: [pending] } })).status).toBe(201)
    await refusesMedia(access, [await ready(k, access, movie({ codec: 'hvc1' }))])
  })

  it.each([
    ['61 pictures a second', { framesPerSecond: 61 }],
    ['1080p', { width: 1920, height: 1080 }],
    ['a quarter of a second', { seconds: 0.25 }],
  ])('is refused with a video of %s, which uploads well', async (_, wish) => {
    const access = await k.token('tomas')
    const id = await ready(k, access, movie(wish))
    await refusesMedia(access, [id])
  })

  it('is refused with a video that is too long for the one who posts', async () => {
    const detail = (minutes: number) => `This user is not allowed to post a video longer than ${minutes} minutes.`
    const post = async (member: string, seconds: number) => {
      const access = await k.token(member)
      const id = await ready(k, access, movie({ seconds, framesPerSecond: 1 }))
      return k.create(access, { media: { media_ids: [id] } })
    }
    expect((await post('tomas', 1200)).status).toBe(201)
    expect(await post('tomas', 1201)).toMatchObject({ status: 403, json: { detail: detail(20), title: 'Forbidden' } })
    expect((await post('mara', 7500)).status).toBe(201)
    expect(await post('mara', 7501)).toMatchObject({ status: 403, json: { detail: detail(125) } })
  })

  it('may tag people who are there', async () => {
    const access = await k.token()
    const id = await picture(k, access)
    const tagged = (ids: string[]) => k.create(access, { media: { media_ids: [id], tagged_user_ids: ids } })
    expect((await tagged(['42'])).json.errors[0].parameters).toEqual({ 'media.tagged_user_ids': ['42'] })
    expect((await tagged([TOMAS])).status).toBe(201)
  })

  it('an upload that was finished twice is one', async () => {
    const access = await k.token()
    const made = await inPieces(k, access, sampleGif(2), GIF)
    const again = await finalize(k, access, made.json.data.id)
    expect([again.status, again.json]).toEqual([200, made.json])
  })
})
