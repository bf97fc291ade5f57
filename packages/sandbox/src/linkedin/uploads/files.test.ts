import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { sampleGif, sampleJpeg, samplePdf, samplePng } from '../../core/samples.ts'
import { DAY, kit, START } from '../../kit.ts'
import { ACME, enc, inputErrors, KESTREL, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const picture = samplePng(8, 8)
const MONTH_MS = 30 * DAY * 1000
const status = (who: Person, kind: string, urn: string) => p.send('GET', `/rest/${kind}s/${enc(urn)}`, who.token)
const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` })

describe.each(['image', 'document'] as const)('asking where to put a(n) %s', (kind) => {
  it('gets an address and a name', async () => {
    const { status: code, json } = await p.init(kind, await p.person())
    expect([code, json]).toEqual([
      200,
      {
        value: {
          uploadUrlExpiresAt: START + MONTH_MS,
          uploadUrl: expect.stringMatching(/^https:\/\/www\.linkedin\.com\/dms-uploads\//),
          [kind]: expect.stringMatching(new RegExp(`^urn:li:${kind}:\\w+`)),
        },
      },
    ])
  })

  it('for a page, with a role there', async () => {
    const who = await p.person()
    expect((await p.init(kind, who, { owner: ACME })).status).toBe(200)
    for (const owner of [KESTREL, (await p.person({ member: 'tomas' })).urn]) {
      const { status: code, json } = await p.init(kind, who, { owner })
      expect([code, json.message]).toEqual([403, `Accessing this ${kind} resource is forbidden`])
    }
  })

  it('not without the scope', async () => {
    const resource = kind === 'image' ? 'partnerApiImages' : 'partnerApiDocuments'
    const message = `Not enough permissions to access: ${resource}.ACTION-initializeUpload.20260901`
    const reader = await p.person({ scope: 'openid' })
    expect((await p.init(kind, reader)).json.message).toBe(message)
    const writer = await p.person({ registration: 'linkedin-selfserve' })
    expect((await p.init(kind, writer, { owner: NORTHWIND })).json.message).toBe(message)
  })

  it('not with a body that is wrong', async () => {
    const who = await p.person()
    expect((await p.init(kind, who, { size: 3 })).json.message).toContain(
      '/initializeUploadRequest/size :: unrecognized',
    )
    expect((await p.init(kind, who, { owner: undefined })).json.message).toContain('owner :: field is required')
    expect(inputErrors(await p.init(kind, who, { owner: 'urn:li:company:1' }))[0]?.[0]).toBe('INVALID_URN_TYPE')
    const url = `/rest/${kind}s?action=upload`
    expect((await p.send('POST', url, who.token, {})).status).toBe(405)
  })
})

describe('putting it there', () => {
  it('is 201, with nothing in it', async () => {
    const who = await p.person()
    const { value } = (await p.init('image', who)).json
    const answer = await p.upload(value.uploadUrl, picture, bearer(who))
    expect([answer.status, answer.text]).toEqual([201, ''])
  })

  it.each(['image', 'document'])('needs the token of who asked: %s', async (kind) => {
    const who = await p.person()
    const { value } = (await p.init(kind, who)).json
    expect((await p.upload(value.uploadUrl, picture)).status).toBe(401)
    expect((await p.upload(value.uploadUrl, picture, { authorization: 'Bearer no' })).status).toBe(401)
    expect((await p.upload(value.uploadUrl, picture, bearer(await p.person({ member: 'tomas' })))).status).toBe(403)
    k.settings({ uploadAuthorization: 'lenient' })
    expect((await p.upload(value.uploadUrl, picture)).status).toBe(201)
    expect((await p.upload(value.uploadUrl, picture, { authorization: 'Bearer no' })).status).toBe(401)
  })

  it('only at an address that was handed out, and while it holds', async () => {
    const who = await p.person()
    const { uploadUrl } = (await p.init('image', who)).json.value
    for (const wrong of [uploadUrl.replace(/ut=.*/, 'ut=x'), uploadUrl.replace('/image/', '/document/')]) {
      expect((await p.upload(wrong, picture, bearer(who))).status).toBe(403)
    }
    k.sandbox.control.advance(30 * DAY)
    expect((await p.upload(uploadUrl, picture, bearer(who))).status).toBe(201)
    k.sandbox.control.advance(1)
    expect((await p.upload(uploadUrl, picture, bearer(who))).json).toMatchObject({
      status: 400,
      code: 'EXPIRED_UPLOAD_URL',
    })
  })

  it('again takes the place of what was there: a file in pieces is left with the last one', async () => {
    const who = await p.person()
    const { uploadUrl, image } = (await p.init('image', who, { owner: NORTHWIND })).json.value
    const whole = samplePng(60, 60)
    const middle = Math.ceil(whole.length / 2)
    await p.upload(uploadUrl, whole.subarray(0, middle), bearer(who))
    await p.upload(uploadUrl, whole.subarray(middle), bearer(who))
    expect((await status(who, 'image', image)).json.status).toBe('PROCESSING_FAILED')
    await p.upload(uploadUrl, whole, bearer(who))
    expect((await status(who, 'image', image)).json.status).toBe('AVAILABLE')
    await p.published(who, { author: NORTHWIND, content: { media: { id: image } } })
    expect(p.ledger[0]?.media[0]?.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
  })

  it('a document beyond 100 MB is not taken', async () => {
    const who = await p.person()
    const { uploadUrl } = (await p.init('document', who)).json.value
    const answer = await p.upload(uploadUrl, new Uint8Array(100 * 1024 * 1024 + 1), bearer(who))
    expect(answer.status).toBe(413)
  })
})

describe('processing', () => {
  const after = async (kind: 'image' | 'document', bytes: Uint8Array) => {
    k.settings({ imageSeconds: 3, documentSeconds: 3 })
    const who = await p.person()
    const urn = await p.file(kind, who, bytes, NORTHWIND)
    const seen = [(await status(who, kind, urn)).json.status]
    k.sandbox.control.advance(3)
    return [...seen, (await status(who, kind, urn)).json.status]
  }
  it.each([
    ['image', 'png', picture],
    ['image', 'jpeg', sampleJpeg(4000, 3000)],
    ['image', 'gif of 250 frames', sampleGif(250)],
    ['image', 'jpeg of all but too many pixels', sampleJpeg(5888, 6139)],
    ['document', 'pdf of 300 pages', samplePdf(300)],
    ['document', 'docx', Buffer.from('504b0304aaaa', 'hex')],
    ['document', 'ppt', Buffer.from('d0cf11e0aaaa', 'hex')],
  ] as const)('%s, %s', async (kind, _, bytes) => {
    expect(await after(kind, bytes)).toEqual(['PROCESSING', 'AVAILABLE'])
  })
  it.each([
    ['image', 'webp', Buffer.from('RIFF0000WEBPVP8 ')],
    ['image', 'pdf', samplePdf(1)],
    ['image', 'empty', new Uint8Array()],
    ['image', 'gif of 251 frames', sampleGif(251)],
    ['image', 'jpeg of 36,152,320 pixels', sampleJpeg(5888, 6140)],
    ['document', 'picture', picture],
    ['document', 'pdf of 301 pages', samplePdf(301)],
  ] as const)('%s, %s: fails', async (kind, _, bytes) => {
    expect(await after(kind, bytes)).toEqual(['PROCESSING', 'PROCESSING_FAILED'])
  })
  it('fails when it is told to', async () => {
    k.steer({ linkedin: { failProcessing: { kind: 'image', times: 1 } } })
    const who = await p.person()
    const [one, two] = [await p.file('image', who, picture, ACME), await p.file('image', who, picture, ACME)]
    expect((await status(who, 'image', one)).json.status).toBe('PROCESSING_FAILED')
    expect((await status(who, 'image', two)).json.status).toBe('AVAILABLE')
  })
})

describe('looking at it', () => {
  it('a page’s, by who may post there', async () => {
    const who = await p.person()
    const { image } = (await p.init('image', who, { owner: NORTHWIND })).json.value
    expect((await status(who, 'image', image)).json).toEqual({ owner: NORTHWIND, id: image, status: 'WAITING_UPLOAD' })
    const urn = await p.file('image', who, picture, NORTHWIND)
    const { json } = await status(who, 'image', urn)
    expect(json).toMatchObject({ id: urn, status: 'AVAILABLE', downloadUrlExpiresAt: expect.any(Number) })
    const shown = await fetch(playedAt(k.sandbox.origins, json.downloadUrl))
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(picture))).toBe(true)
    const { status: code, json: denied } = await status(await p.person({ member: 'priya' }), 'image', urn)
    expect([code, denied.message]).toEqual([403, 'Accessing this image resource is forbidden'])
  })

  it.each(['image', 'document'] as const)('a member’s %s is write-only', async (kind) => {
    const resource = kind === 'image' ? 'partnerApiImages' : 'partnerApiDocuments'
    for (const who of [await p.person({ registration: 'linkedin-selfserve' }), await p.person()]) {
      const urn = await p.file(kind, who, kind === 'image' ? picture : samplePdf(1))
      const answer = await status(who, kind, urn)
      expect([answer.status, answer.json]).toEqual([
        403,
        {
          status: 403,
          serviceErrorCode: 100,
          code: 'ACCESS_DENIED',
          message: `Not enough permissions to access: ${resource}.GET.20260901`,
        },
      ])
    }
  })

  it('a member’s, where the app has what is closed', async () => {
    const scopes = ['w_member_social', 'r_member_social']
    k.steer({ linkedin: { app: { registration: 'linkedin-selfserve', scopes } } })
    const who = await p.person({ registration: 'linkedin-selfserve', scope: scopes.join(' ') })
    expect((await status(who, 'image', await p.file('image', who, picture))).json.status).toBe('AVAILABLE')
  })

  it('one of another kind, or that never was: 404', async () => {
    const who = await p.person()
    const urn = await p.file('image', who, picture, NORTHWIND)
    expect((await status(who, 'document', urn)).status).toBe(404)
    expect((await status(who, 'image', 'urn:li:image:no')).status).toBe(404)
  })

  it('its link ends, and cannot be made up', async () => {
    const who = await p.person()
    const { downloadUrl } = (await status(who, 'image', await p.file('image', who, picture, NORTHWIND))).json
    const get = async (url: string) => (await fetch(playedAt(k.sandbox.origins, url))).status
    expect(await get(downloadUrl.replace(/&t=.*/, '&t=x'))).toBe(403)
    k.sandbox.control.advance(31 * DAY)
    expect(await get(downloadUrl)).toBe(403)
  })
})
