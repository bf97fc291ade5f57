import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sampleMp4, samplePng } from '../../core/samples.ts'
import { DAY, kit, START } from '../../kit.ts'
import { enc, inputErrors, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const MIB = 1024 * 1024
const clip = sampleMp4({ seconds: 10, bytes: 90_000 })
const status = (who: Person, urn: string) => p.send('GET', `/rest/videos/${enc(urn)}`, who.token)

/** Two parts, both uploaded, and the ids to join them by. */
async function uploaded(who: Person, video = sampleMp4({ seconds: 10, bytes: 4 * MIB + 10 })) {
  const { value } = (await p.init('video', who, { fileSizeBytes: video.length })).json
  const ids: string[] = []
  for (const { uploadUrl, firstByte, lastByte } of value.uploadInstructions) {
    const { headers } = await p.upload(uploadUrl, video.subarray(firstByte, lastByte + 1))
    ids.push(headers.get('etag') ?? '')
  }
  return { video: value.video as string, value, ids, bare: ids.map((id) => id.replaceAll('"', '')), bytes: video }
}

describe('asking where to put it', () => {
  it('gets an address for each 4 MiB, the last one shorter', async () => {
    const size = 9 * MIB
    const { status: code, json } = await p.init('video', await p.person(), { fileSizeBytes: size })
    const { value } = json
    expect(code).toBe(200)
    expect(value).toMatchObject({ uploadToken: '', uploadUrlsExpireAt: START + 30 * DAY * 1000 })
    expect(value.video).toMatch(/^urn:li:video:\w+/)
    expect(
      value.uploadInstructions.map(({ firstByte, lastByte }: Record<string, number>) => [firstByte, lastByte]),
    ).toEqual([
      [0, 4 * MIB - 1],
      [4 * MIB, 8 * MIB - 1],
      [8 * MIB, size - 1],
    ])
    expect(new Set(value.uploadInstructions.map(({ uploadUrl }: { uploadUrl: string }) => uploadUrl)).size).toBe(3)
  })

  it('answers in other dress', async () => {
    k.settings({ uploadToken: 'sent', videoExpiry: 'uploadUrlExpiresAt' })
    const fields = { fileSizeBytes: 80_000, uploadThumbnail: true, uploadCaptions: true }
    const { value } = (await p.init('video', await p.person(), fields)).json
    expect(value.uploadToken).not.toBe('')
    expect(value).toMatchObject({
      uploadUrlExpiresAt: expect.any(Number),
      thumbnailUploadUrl: expect.stringContaining('/thumbnail?'),
      captionsUploadUrl: expect.stringContaining('/captions?'),
    })
    expect(value).not.toHaveProperty('uploadUrlsExpireAt')
  })

  it.each([75 * 1024, 500 * MIB])('%i bytes are taken', async (fileSizeBytes) => {
    expect((await p.init('video', await p.person(), { fileSizeBytes })).status).toBe(200)
  })

  it.each([75 * 1024 - 1, 500 * MIB + 1, 0, -1])('%i bytes are not', async (fileSizeBytes) => {
    const answer = await p.init('video', await p.person(), { fileSizeBytes })
    expect(inputErrors(answer)).toEqual([['INVALID_VALUE_FOR_FIELD', 'initializeUploadRequest/fileSizeBytes']])
  })

  it('says whose it is, and how long', async () => {
    const who = await p.person()
    expect((await p.init('video', who)).json.message).toContain('fileSizeBytes :: field is required')
    expect((await p.init('video', who, { fileSizeBytes: 80_000, uploadCaption: false })).json.message).toContain(
      'uploadCaption :: unrecognized field',
    )
    const other = { owner: (await p.person({ member: 'tomas' })).urn, fileSizeBytes: 80_000 }
    expect((await p.init('video', who, other)).json.message).toBe('Accessing this video resource is forbidden')
    const reader = await p.person({ scope: 'openid' })
    expect((await p.init('video', reader, { fileSizeBytes: 80_000 })).json.message).toContain('partnerApiVideos')
  })
})

describe('putting a part', () => {
  it('takes no token', async () => {
    const who = await p.person()
    const { uploadInstructions } = (await p.init('video', who, { fileSizeBytes: clip.length })).json.value
    const [{ uploadUrl }] = uploadInstructions
    const withToken = { authorization: `Bearer ${who.token}` }
    expect((await p.upload(uploadUrl, clip, withToken)).status).toBe(401)
    k.settings({ uploadAuthorization: 'lenient' })
    expect((await p.upload(uploadUrl, clip, withToken)).status).toBe(200)
  })

  it.each([undefined, 'video/mp4'])('takes bytes, and none as %s', async (type) => {
    const who = await p.person()
    const { uploadUrl } = (await p.init('video', who, { fileSizeBytes: clip.length })).json.value.uploadInstructions[0]
    expect((await p.upload(uploadUrl, clip, { 'content-type': type })).status).toBe(400)
    expect((await p.upload(uploadUrl, clip)).status).toBe(200)
  })

  it('answers with an ETag, in quotes or opaque', async () => {
    const who = await p.person()
    const { uploadUrl } = (await p.init('video', who, { fileSizeBytes: clip.length })).json.value.uploadInstructions[0]
    expect((await p.upload(uploadUrl, clip)).headers.get('etag')).toMatch(/^"[\w-]+"$/)
    k.settings({ etag: 'opaque' })
    expect((await p.upload(uploadUrl, clip)).headers.get('etag')).toMatch(/^\/ambry-video\/signedId\/[\w-]+$/)
  })

  it('only at an address that was handed out, and while it holds', async () => {
    const who = await p.person()
    const { uploadUrl } = (await p.init('video', who, { fileSizeBytes: clip.length })).json.value.uploadInstructions[0]
    for (const wrong of [uploadUrl.replace('/0?', '/1?'), uploadUrl.replace(/ut=.*/, '')]) {
      expect((await p.upload(wrong, clip)).status).toBe(403)
    }
    k.sandbox.control.advance(30 * DAY + 1)
    expect((await p.upload(uploadUrl, clip)).json.code).toBe('EXPIRED_UPLOAD_URL')
  })
})

describe('joining the parts', () => {
  it('is 200 with nothing in it, and the video is processed', async () => {
    const who = await p.person()
    const { video, bare, bytes } = await uploaded(who)
    expect((await status(who, video)).json).toEqual({ owner: who.urn, id: video, status: 'WAITING_UPLOAD' })
    const answer = await p.finalize(who, { video, uploadedPartIds: bare })
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect((await status(who, video)).json.status).toBe('PROCESSING')
    k.sandbox.control.advance(2)
    expect((await status(who, video)).json).toMatchObject({
      ...{ status: 'AVAILABLE', duration: 10_000, aspectRatioWidth: 1280, aspectRatioHeight: 720 },
      downloadUrl: expect.any(String),
    })
    await p.published(who, { content: { media: { id: video } } })
    expect(p.ledger[0]?.media[0]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('takes parts in any order, and one that came twice', async () => {
    const who = await p.person()
    const bytes = sampleMp4({ seconds: 10, bytes: 4 * MIB + 10 })
    const { value } = (await p.init('video', who, { fileSizeBytes: bytes.length })).json
    const put = async (i: number) => {
      const { uploadUrl, firstByte, lastByte } = value.uploadInstructions[i]
      const { headers } = await p.upload(uploadUrl, bytes.subarray(firstByte, lastByte + 1))
      return (headers.get('etag') ?? '').replaceAll('"', '')
    }
    const lost = await put(0)
    const second = await put(1)
    const first = await put(0)
    const join = (uploadedPartIds: string[]) => p.finalize(who, { video: value.video, uploadedPartIds })
    expect((await join([lost, second])).status).toBe(400)
    expect((await join([first, second])).status).toBe(200)
    k.sandbox.control.advance(2)
    expect((await status(who, value.video)).json.status).toBe('AVAILABLE')
  })

  it('a second time changes nothing', async () => {
    const who = await p.person()
    const { video, bare } = await uploaded(who)
    for (let i = 0; i < 2; i++) expect((await p.finalize(who, { video, uploadedPartIds: bare })).status).toBe(200)
    k.sandbox.control.advance(2)
    expect((await status(who, video)).json.status).toBe('AVAILABLE')
  })

  it('needs the ids of all parts, in their order and without quotes', async () => {
    const who = await p.person()
    const { video, ids, bare } = await uploaded(who)
    for (const wrong of [[], bare.slice(1), [...bare].reverse(), [...bare, 'x'], ids]) {
      const answer = await p.finalize(who, { video, uploadedPartIds: wrong })
      expect(inputErrors(answer)).toEqual([['INVALID_VALUE_FOR_FIELD', 'finalizeUploadRequest/uploadedPartIds']])
    }
    k.settings({ quotedPartIds: 'accepted' })
    expect((await p.finalize(who, { video, uploadedPartIds: ids })).status).toBe(200)
  })

  it('needs the token that was sent', async () => {
    k.settings({ uploadToken: 'sent' })
    const who = await p.person()
    const { video, value, bare } = await uploaded(who)
    const wrong = await p.finalize(who, { video, uploadedPartIds: bare })
    expect(inputErrors(wrong)[0]?.[1]).toBe('finalizeUploadRequest/uploadToken')
    const right = { video, uploadedPartIds: bare, uploadToken: value.uploadToken }
    expect((await p.finalize(who, right)).status).toBe(200)
  })

  it('of nothing, of no video, of another’s', async () => {
    const who = await p.person()
    const { video } = (await p.init('video', who, { fileSizeBytes: 80_000 })).json.value
    expect((await p.finalize(who, { video, uploadedPartIds: [] })).json.code).toBe('MEDIA_ASSET_WAITING_UPLOAD')
    const none = await p.finalize(who, { video: 'urn:li:video:no', uploadedPartIds: [] })
    expect(inputErrors(none)).toEqual([['INVALID_VIDEO_ID', 'finalizeUploadRequest/video']])
    const tomas = await p.person({ member: 'tomas' })
    expect((await p.finalize(tomas, { video, uploadedPartIds: [] })).status).toBe(403)
  })
})

describe('what comes out of processing', () => {
  async function outcome(bytes: Uint8Array): Promise<unknown> {
    const who = await p.person()
    const urn = await p.video(who, bytes)
    k.sandbox.control.advance(2)
    const { json } = await status(who, urn)
    return json.processingFailureReason ?? json.status
  }
  it.each([
    ['the shortest', sampleMp4({ seconds: 3, bytes: 80_000 }), 'AVAILABLE'],
    ['the longest', sampleMp4({ seconds: 1800, bytes: 80_000 }), 'AVAILABLE'],
    ['too short', sampleMp4({ seconds: 2.9, bytes: 80_000 }), 'INVALID_DURATION'],
    ['too long', sampleMp4({ seconds: 1801, bytes: 80_000 }), 'INVALID_DURATION'],
    ['no MP4', new Uint8Array(80_000), 'UNSUPPORTED_FORMAT'],
  ])('%s', async (_, bytes, expected) => expect(await outcome(bytes)).toBe(expected))

  it('parts that are not their ranges: it fails', async () => {
    const who = await p.person()
    const bytes = sampleMp4({ seconds: 10, bytes: 4 * MIB + 10 })
    const { value } = (await p.init('video', who, { fileSizeBytes: bytes.length })).json
    const cut = [bytes.subarray(0, 4 * MIB - 1), bytes.subarray(4 * MIB - 1)]
    const uploadedPartIds: string[] = []
    for (const [i, part] of cut.entries()) {
      const { headers } = await p.upload(value.uploadInstructions[i].uploadUrl, part)
      uploadedPartIds.push((headers.get('etag') ?? '').replaceAll('"', ''))
    }
    expect((await p.finalize(who, { video: value.video, uploadedPartIds })).status).toBe(200)
    k.sandbox.control.advance(2)
    expect((await status(who, value.video)).json).toMatchObject({
      status: 'PROCESSING_FAILED',
      processingFailureReason: 'CORRUPT_UPLOAD',
    })
    const { json } = await p.create(who, { content: { media: { id: value.video } } })
    expect(json.code).toBe('MEDIA_ASSET_PROCESSING_FAILED')
  })

  it('fails when it is told to, and why', async () => {
    k.steer({ linkedin: { failProcessing: { kind: 'video', reason: 'ASPECT_RATIO' } } })
    expect(await outcome(clip)).toBe('ASPECT_RATIO')
    expect(await outcome(clip)).toBe('AVAILABLE')
  })

  it('takes as long as it is told to', async () => {
    k.settings({ videoSeconds: 60 })
    const who = await p.person()
    const urn = await p.video(who, clip)
    k.sandbox.control.advance(59)
    expect((await status(who, urn)).json.status).toBe('PROCESSING')
    k.sandbox.control.advance(1)
    expect((await status(who, urn)).json.status).toBe('AVAILABLE')
  })
})

describe('looking at it', () => {
  it('a member may, with the scope that writes, or may not', async () => {
    const who = await p.person({ registration: 'linkedin-selfserve' })
    const urn = await p.video(who, clip)
    expect((await status(who, urn)).status).toBe(200)
    k.settings({ videoRead: 'refused' })
    expect((await status(who, urn)).json.message).toBe(
      'Not enough permissions to access: partnerApiVideos.GET.20260901',
    )
  })

  it('no other member', async () => {
    const urn = await p.video(await p.person(), clip)
    expect((await status(await p.person({ member: 'tomas' }), urn)).status).toBe(403)
  })

  it('a page’s, by its people', async () => {
    const urn = await p.video(await p.person(), clip, NORTHWIND)
    expect((await status(await p.person({ member: 'tomas' }), urn)).status).toBe(200)
    expect((await status(await p.person({ member: 'tomas', scope: 'w_member_social' }), urn)).status).toBe(403)
  })
})

describe('a thumbnail and captions', () => {
  it('have addresses of their own', async () => {
    const fields = { fileSizeBytes: 80_000, uploadThumbnail: true, uploadCaptions: true }
    const { value } = (await p.init('video', await p.person(), fields)).json
    const picture = samplePng(4, 4)
    const still = { 'media-type-family': 'STILLIMAGE' }
    expect((await p.upload(value.thumbnailUploadUrl, picture, still)).status).toBe(201)
    expect((await p.upload(value.thumbnailUploadUrl, picture)).status).toBe(400)
    expect((await p.upload(value.thumbnailUploadUrl, Buffer.from('x'), still)).status).toBe(400)
    const form = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await p.upload(value.captionsUploadUrl, Buffer.from('--x--'), form, 'POST')).status).toBe(201)
    expect((await p.upload(value.captionsUploadUrl, Buffer.from('1'), {}, 'POST')).status).toBe(400)
  })
})
