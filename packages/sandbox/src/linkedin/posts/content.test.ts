import { describe, expect, it } from 'vitest'
import { sampleMp4, samplePdf, samplePng } from '../../core/samples.ts'
import { kit } from '../../kit.ts'
import { enc, type Fields, inputErrors, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const picture = samplePng(8, 8)
const LONG_ALT = 'a'.repeat(4086)

/** The code and the place of the refusal. */
async function refused(who: Person, content: Fields): Promise<unknown> {
  const answer = await p.create(who, { content })
  const [first] = inputErrors(answer)
  return first ?? [answer.status, answer.json.code ?? answer.json.message]
}

describe('an article', () => {
  const article = { source: 'https://a.example/x', title: 'A title_with (signs)', description: 'And \\(more\\)' }

  it('is what was sent, as plain text', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND, content: { article } })
    const { json } = await p.send('GET', `/rest/posts/${enc(urn)}`, who.token)
    expect(json.content).toEqual({ article })
    expect(p.ledger[0]).toMatchObject({ link: 'https://a.example/x', media: [], kind: 'post' })
  })

  it('may have a picture of the author’s', async () => {
    const who = await p.person()
    const thumbnail = await p.file('image', who, picture)
    await p.published(who, { content: { article: { ...article, thumbnail, thumbnailAltText: 'Green' } } })
    expect(p.ledger[0]?.media).toEqual([
      { kind: 'image', alt: 'Green', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
  })

  it('is refused where something is wrong with it', async () => {
    const who = await p.person()
    const at = (fields: Fields) => refused(who, { article: { ...article, ...fields } })
    expect(await at({ source: 'a.example' })).toEqual(['INVALID_VALUE_FOR_FIELD', 'content/article/source'])
    expect(await at({ source: 'javascript:alert(1)' })).toEqual(['INVALID_VALUE_FOR_FIELD', 'content/article/source'])
    expect(await at({ title: ' ' })).toEqual(['INVALID_VALUE_BLANK_FIELD', 'content/article/title'])
    expect(await at({ thumbnail: 'urn:li:image:no' })).toEqual(['INVALID_IMAGE_ID', 'content/article/thumbnail'])
    expect(await at({ thumbnail: 'https://a.example/x.png' })).toEqual([
      'INVALID_IMAGE_ID',
      'content/article/thumbnail',
    ])
    const { status, json } = await p.create(who, { content: { article: { source: article.source } } })
    expect([status, json.message]).toEqual([
      422,
      expect.stringContaining('/content/article/title :: field is required'),
    ])
  })
})

describe('one picture', () => {
  it('with its alternative text', async () => {
    const who = await p.person()
    const id = await p.file('image', who, picture)
    const urn = await p.published(who, { content: { media: { id, altText: LONG_ALT } } })
    expect(urn).toMatch(/^urn:li:share:/)
    expect(p.ledger[0]?.media).toMatchObject([{ kind: 'image', alt: LONG_ALT }])
  })

  it('is refused where something is wrong with it', async () => {
    const who = await p.person()
    const id = await p.file('image', who, picture)
    expect(await refused(who, { media: { id, altText: `${LONG_ALT}a` } })).toEqual([
      'FIELD_LENGTH_TOO_LONG',
      'content/media/altText',
    ])
    expect(await refused(who, { media: { id: 'urn:li:image:no' } })).toEqual(['INVALID_IMAGE_ID', 'content/media/id'])
    expect(await refused(who, { media: { id: 'urn:li:video:no' } })).toEqual(['INVALID_VIDEO_ID', 'content/media/id'])
    expect(await refused(who, { media: { id: 'urn:li:document:no' } })).toEqual(['INVALID_URN_ID', 'content/media/id'])
    expect(await refused(who, { media: { id: 'urn:li:digitalmediaAsset:no' } })).toEqual([
      'INVALID_URN_TYPE',
      'content/media/id',
    ])
  })

  it('must be the author’s own', async () => {
    const who = await p.person()
    const tomas = await p.person({ member: 'tomas' })
    for (const id of [await p.file('image', who, picture, NORTHWIND), await p.file('image', tomas, picture)]) {
      const { status, json } = await p.create(who, { content: { media: { id } } })
      expect([status, json.message]).toEqual([403, 'Accessing this image resource is forbidden'])
    }
  })

  it('must be there, and processed', async () => {
    k.settings({ imageSeconds: 5 })
    const who = await p.person()
    const waiting = { status: 400, code: 'MEDIA_ASSET_WAITING_UPLOAD', message: 'Media asset is waiting upload' }
    const { image: never } = (await p.init('image', who)).json.value
    const id = await p.file('image', who, picture)
    for (const one of [never, id]) {
      expect((await p.create(who, { content: { media: { id: one } } })).json).toEqual(waiting)
    }
    k.sandbox.control.advance(5)
    expect((await p.create(who, { content: { media: { id } } })).status).toBe(201)
    expect((await p.create(who, { content: { media: { id: never } } })).json).toEqual(waiting)
  })

  it('that could not be processed is refused for ever', async () => {
    const who = await p.person()
    const id = await p.file('image', who, Buffer.from('<svg/>'))
    const { json } = await p.create(who, { content: { media: { id } } })
    expect(json).toEqual({
      status: 400,
      code: 'MEDIA_ASSET_PROCESSING_FAILED',
      message: 'Media asset failed processing',
    })
  })
})

describe('several pictures', () => {
  const images = async (who: Person, n: number) => {
    const id = await p.file('image', who, picture)
    return Array.from({ length: n }, (_, i) => ({ id, altText: `No ${i + 1}` }))
  }
  it.each([2, 20])('%i', async (n) => {
    const who = await p.person()
    await p.published(who, { content: { multiImage: { images: await images(who, n) } } })
    expect(p.ledger[0]?.media).toHaveLength(n)
    expect(p.ledger[0]?.media.at(-1)?.alt).toBe(`No ${n}`)
  })
  it.each([0, 1, 21])('not %i', async (n) => {
    const who = await p.person()
    expect(await refused(who, { multiImage: { images: await images(who, n) } })).toEqual([
      'INVALID_VALUE_FOR_FIELD',
      'content/multiImage/images',
    ])
  })
  it('each must be a picture, ready, with no more alternative text than one has', async () => {
    const who = await p.person()
    const [first] = await images(who, 1)
    const at = (second: Fields) => refused(who, { multiImage: { images: [first, second] } })
    expect(await at({ id: 'urn:li:video:x' })).toEqual(['INVALID_IMAGE_ID', 'content/multiImage/images/1/id'])
    expect(await at({ ...first, altText: `${LONG_ALT}a` })).toEqual([
      'FIELD_LENGTH_TOO_LONG',
      'content/multiImage/images/1/altText',
    ])
    const { image: id } = (await p.init('image', who)).json.value
    expect(await at({ id })).toEqual([400, 'MEDIA_ASSET_WAITING_UPLOAD'])
  })
})

describe('a video', () => {
  it('is a ugcPost', async () => {
    k.settings({ videoSeconds: 0 })
    const who = await p.person()
    const id = await p.video(who, sampleMp4({ seconds: 10, bytes: 80_000 }))
    expect(await p.published(who, { content: { media: { id, title: 'Clip' } } })).toMatch(/^urn:li:ugcPost:/)
    expect(p.ledger[0]?.media).toMatchObject([{ kind: 'video' }])
  })
  it('has to be ready', async () => {
    const who = await p.person()
    const id = await p.video(who, sampleMp4({ seconds: 10, bytes: 80_000 }))
    expect(await refused(who, { media: { id } })).toEqual([400, 'MEDIA_ASSET_WAITING_UPLOAD'])
    k.sandbox.control.advance(2)
    expect((await p.create(who, { content: { media: { id } } })).status).toBe(201)
  })
})

describe('a document', () => {
  it('has a title', async () => {
    k.settings({ documentSeconds: 0 })
    const who = await p.person()
    const id = await p.file('document', who, samplePdf(3))
    for (const title of [undefined, '']) {
      expect(await refused(who, { media: { id, title } })).toEqual(['MISSING_FIELD', 'content/media/title'])
    }
    await p.published(who, { content: { media: { id, title: 'deck.pdf' } } })
    expect(p.ledger[0]?.media).toMatchObject([{ kind: 'document' }])
  })
})

describe('a poll', () => {
  const options = [{ text: 'Yes' }, { text: 'No' }]
  const poll = { question: 'Shall we?', options, settings: { duration: 'THREE_DAYS' } }

  it.each(['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS'])('of %s', async (duration) => {
    const settings = { duration, voteSelectionType: 'SINGLE_VOTE', isVoterVisibleToAuthor: true }
    expect(await p.published(await p.person(), { content: { poll: { ...poll, settings } } })).toMatch(/:ugcPost:/)
  })

  it('of the longest', async () => {
    const four = Array.from({ length: 4 }, (_, i) => ({ text: `${i}`.padEnd(30, 'x') }))
    const content = { poll: { ...poll, question: 'q'.repeat(140), options: four } }
    expect((await p.create(await p.person(), { content })).status).toBe(201)
  })

  it.each([
    [{ question: '' }, ['INVALID_VALUE_BLANK_FIELD', 'content/poll/question']],
    [{ question: 'q'.repeat(141) }, ['FIELD_LENGTH_TOO_LONG', 'content/poll/question']],
    [{ options: options.slice(1) }, ['INVALID_VALUE_FOR_FIELD', 'content/poll/options']],
    [{ options: [...options, ...options, ...options] }, ['INVALID_VALUE_FOR_FIELD', 'content/poll/options']],
    [{ options: [...options, { text: 'x'.repeat(31) }] }, ['FIELD_LENGTH_TOO_LONG', 'content/poll/options/2/text']],
    [{ options: [...options, { text: ' ' }] }, ['INVALID_VALUE_BLANK_FIELD', 'content/poll/options/2/text']],
    [{ settings: { duration: 'ONE_WEEK' } }, ['INVALID_VALUE_FOR_FIELD', 'content/poll/settings/duration']],
    [
      { settings: { duration: 'ONE_DAY', voteSelectionType: 'MULTIPLE_VOTE' } },
      ['INVALID_VALUE_FOR_FIELD', 'content/poll/settings/voteSelectionType'],
    ],
    [
      { settings: { duration: 'ONE_DAY', isVoterVisibleToAuthor: false } },
      ['INVALID_VALUE_FOR_FIELD', 'content/poll/settings/isVoterVisibleToAuthor'],
    ],
  ])('%j is refused', async (fields, expected) => {
    expect(await refused(await p.person(), { poll: { ...poll, ...fields } })).toEqual(expected)
  })
})
