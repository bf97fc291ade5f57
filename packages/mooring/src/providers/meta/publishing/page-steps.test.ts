/** Words and pictures as a Page: what leaves, in which order, and what is gone on with after a stop. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../../provider.ts'
import type { MultipartField } from '../../../provider-publishing.ts'
import { answer, assumed, type Call, file, NOW, say, walk } from '../../publishing-testing.ts'
import { GRAPH, PAGE, page } from './as.fixture.ts'
import { publishing } from './index.ts'

const EDGE = `POST ${GRAPH}/${PAGE}`
const FEED = `${EDGE}/feed?fields=id,permalink_url`
const POST = `${PAGE}_122100`
const URL = `https://www.facebook.com/${PAGE}/posts/122100`

/** Facebook, in short. */
function facebook(given: Record<string, ApiAnswer> = {}) {
  let photos = 0
  return ({ endpoint, request }: Call): ApiAnswer => {
    if (given[endpoint]) return given[endpoint]
    if (endpoint === 'POST /feed') return answer(200, { id: POST, permalink_url: URL })
    if (endpoint === 'POST /photos')
      return valuesOf(request).published === 'false'
        ? answer(200, { id: `90${++photos}` })
        : answer(200, { id: '901', post_id: POST })
    if (endpoint === 'POST /photo_stories') return answer(200, { success: true, post_id: '777' })
    if (endpoint === 'POST /comments') return answer(200, { id: `${POST}_5` })
    throw new Error(`nobody asked for ${endpoint}`)
  }
}
const formOf = ({ body }: Call['request']) => (body && 'form' in body ? body.form : undefined)
const fieldsOf = ({ body }: Call['request']): readonly MultipartField[] =>
  body && 'multipart' in body ? body.multipart : []
const valuesOf = (request: Call['request']) =>
  Object.fromEntries(fieldsOf(request).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))
const fileOf = (request: Call['request']) => fieldsOf(request).find((field) => field.media)
const DONE = { do: 'done', id: POST, url: URL }

describe('words', () => {
  it('are one call, as they are', () => {
    const text = 'Hello @ann & #all (50 %) +1 = "é😀"\n\\_*~{}[]<>|'
    const { asked, calls, end } = walk(publishing, say(text), page(), facebook())
    expect(asked).toEqual([FEED])
    expect(calls.map(({ request }) => formOf(request))).toEqual([{ message: text }])
    expect(calls[0]).toMatchObject({ create: { part: 'post' }, endpoint: 'POST /feed' })
    expect(end).toEqual(DONE)
  })

  it('have a link beside them, of which Facebook makes the card', () => {
    const link = { url: 'https://example.com/a?b=c&d', title: 'left out' }
    const bodies = [say('Read', { link }), say(' ', { link })].map(
      (content) => walk(publishing, content, page(), facebook()).calls.map(({ request }) => formOf(request))[0],
    )
    expect(bodies).toEqual([{ message: 'Read', link: link.url }, { link: link.url }])
  })

  it('are asked for in the version that is set', () => {
    const { settings } = page()
    const as = page({ settings: { ...settings, API_VERSION: 'v25.0' } })
    expect(walk(publishing, say('x'), as, facebook()).asked[0]).toContain('https://graph.facebook.com/v25.0/')
  })

  it('without an address in the answer have one all the same', () => {
    const { end } = walk(publishing, say('x'), page(), facebook({ 'POST /feed': answer(200, { id: POST }) }))
    expect(end).toEqual({ do: 'done', id: POST, url: `https://www.facebook.com/${POST}` })
  })

  it.each([[{}], [{ id: '' }], [[]], ['x'], [undefined]])(
    'answered with %j cannot be read: the engine holds them for unknown',
    (body) => {
      const step = publishing.next(say('x'), page(), {}, NOW) as Call
      expect(() => step.read(answer(200, body))).toThrow('cannot be read')
    },
  )
})

describe('pictures', () => {
  const one = file('image', { alt: 'A boat' })

  it('one: sent with the words, in one call', () => {
    const { asked, calls, end } = walk(publishing, say('Look', { media: [one] }), page(), facebook())
    expect(asked).toEqual([`${EDGE}/photos`])
    expect(fieldsOf(calls[0]?.request ?? ({} as never))).toEqual([
      { name: 'message', value: 'Look' },
      { name: 'alt_text_custom', value: 'A boat' },
      { name: 'source', media: { id: 'image-1', fileName: 'my image', mime: 'image/jpeg' } },
    ])
    expect(calls[0]?.create).toEqual({ part: 'post' })
    expect(end).toEqual({ do: 'done', id: POST, url: `https://www.facebook.com/${POST}` })
  })

  it('one, without words or a description', () => {
    const { calls } = walk(publishing, say(' ', { media: [file('image', { alt: ' ' })] }), page(), facebook())
    expect(fieldsOf(calls[0]?.request ?? ({} as never)).map(({ name }) => name)).toEqual(['source'])
  })

  it('many: staged, seen by nobody, then one post', () => {
    const media = [one, file('image', { id: 'b' }), file('image', { id: 'c' })]
    const { asked, calls, end } = walk(publishing, say('Three', { media }), page(), facebook())
    expect(asked).toEqual([`${EDGE}/photos`, `${EDGE}/photos`, `${EDGE}/photos`, FEED])
    expect(calls.map(({ create }) => create?.part)).toEqual([undefined, undefined, undefined, 'post'])
    expect(calls.slice(0, 3).map(({ request }) => [valuesOf(request), fileOf(request)?.media?.id])).toEqual([
      [{ published: 'false', alt_text_custom: 'A boat' }, 'image-1'],
      [{ published: 'false' }, 'b'],
      [{ published: 'false' }, 'c'],
    ])
    expect(formOf(calls[3]?.request ?? ({} as never))).toEqual({
      message: 'Three',
      attached_media: '[{"media_fbid":"901"},{"media_fbid":"902"},{"media_fbid":"903"}]',
    })
    expect(calls[1]?.name).toBe('Upload picture 2 of 3')
    expect(end).toEqual(DONE)
  })

  it('with a link have its address in the words, once', () => {
    const link = { url: 'https://example.com/a' }
    const said = (text: string, count: number) => {
      const media = Array.from({ length: count }, (_, place) => file('image', { id: `${place}` }))
      const { calls } = walk(publishing, say(text, { media, link }), page(), facebook())
      const { request } = calls.at(-1) ?? ({} as never)
      return count === 1 ? valuesOf(request) : formOf(request)
    }
    expect(said('Read', 1)).toEqual({ message: 'Read\n\nhttps://example.com/a' })
    expect(said('', 1)).toEqual({ message: 'https://example.com/a' })
    expect(said('At https://example.com/a!', 1)).toEqual({ message: 'At https://example.com/a!' })
    expect(said('Read', 2)).toMatchObject({ message: 'Read\n\nhttps://example.com/a' })
    expect(said('Read', 2)).not.toHaveProperty('link')
  })

  it('go on from the last that was staged', () => {
    const content = say('Three', { media: [one, file('image', { id: 'b' })] })
    const first = walk(publishing, content, page(), (step) =>
      fileOf(step.request)?.media?.id === 'b' ? answer(503) : facebook()(step),
    )
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'platform', againAfterMs: 60_000 } } })
    expect(first.progress).toEqual({ 'photo.0': '901' })
    expect(walk(publishing, content, page(), facebook(), first.progress).asked).toEqual([`${EDGE}/photos`, FEED])
  })

  it.each([
    ['the pictures', { code: 100, error_subcode: 1366046 }, 3],
    ['an id', { code: 100 }, 3],
    ['an object that is gone', { code: 100, error_subcode: 33 }, 3],
    ['the words', { code: 1349125 }, 1],
    ['the words, by subcode', { code: 100, error_subcode: 1349125 }, 1],
    ['the link', { code: 100, error_subcode: 1609008 }, 1],
    ['the address', { code: 100, error_subcode: 2061006 }, 1],
    ['what nobody knows', { code: 100, error_subcode: 1999999 }, 3],
    ['the pace', { code: 368, error_subcode: 1390008 }, 1],
    ['being the same', { code: 506 }, 1],
    ['being there', { code: 100, error_subcode: 1366051 }, 1],
  ])('refused for %s: what is of use is kept', (_, error, calls) => {
    const content = say('Two', { media: [one, file('image', { id: 'b' })] })
    const refusal = { 'POST /feed': answer(400, { error: { ...error, message: 'x' } }) }
    const first = walk(publishing, content, page(), facebook(refusal))
    expect(first.end).toMatchObject({ do: 'refused', outcome: { fault: { class: expect.any(String) } } })
    expect(walk(publishing, content, page(), facebook(), first.progress).asked).toHaveLength(calls)
  })

  it('that nobody knows of take nothing back', () => {
    const content = say('Two', { media: [one, file('image', { id: 'b' })] })
    const lost = { 'POST /feed': answer(400, { error: { code: 2, message: 'x', is_transient: true } }) }
    const { end, progress } = walk(publishing, content, page(), facebook(lost))
    expect(end).toMatchObject({ outcome: { fault: { class: 'platform', unknown: true } } })
    expect(progress).toEqual({ 'photo.0': '901', 'photo.1': '902' })
  })
})

describe('a story of a picture', () => {
  it('is staged, then published, without words and comment', () => {
    const content = say('left out', { media: [file()], format: 'story', firstComment: 'left out' })
    const { asked, calls, end } = walk(publishing, content, page(), facebook())
    expect(asked).toEqual([`${EDGE}/photos`, `${EDGE}/photo_stories`])
    expect(valuesOf(calls[0]?.request ?? ({} as never))).toEqual({ published: 'false' })
    expect(formOf(calls[1]?.request ?? ({} as never))).toEqual({ photo_id: '901' })
    expect(calls[1]?.create).toEqual({ part: 'post' })
    expect(end).toEqual({ do: 'done', id: '777', url: 'https://www.facebook.com/777' })
  })
})

describe('the first comment', () => {
  const content = say('Hello', { firstComment: 'First & best' })

  it('is made under the post, and may fail', () => {
    const { asked, calls, end } = walk(publishing, content, page(), facebook())
    expect(asked[1]).toBe(`POST ${GRAPH}/${POST}/comments`)
    expect(formOf(calls[1]?.request ?? ({} as never))).toEqual({ message: 'First & best' })
    expect(calls[1]?.create).toEqual({
      part: 'comment',
      optional: { learnt: { comment: 'none' }, warning: 'The first comment was not made. Make it on Facebook.' },
    })
    expect(end).toEqual(DONE)
    const after = { post: POST, url: URL, comment: 'none' }
    expect(publishing.next(content, page(), after, NOW)).toEqual(DONE)
  })

  it('of nothing but blanks is none', () => {
    expect(walk(publishing, { ...content, firstComment: ' ' }, page(), facebook()).asked).toEqual([FEED])
  })
})

it.each([
  ['words', say('x')],
  ['a link', say('x', { link: { url: 'https://example.com' } })],
  ['a picture', say('x', { media: [file()] })],
  ['ten pictures', say('x', { media: Array.from({ length: 10 }, (_, id) => file('image', { id: `${id}` })) })],
  ['a story', say('', { media: [file()], format: 'story' })],
  ['a video', say('x', { media: [file('video')], firstComment: 'y' })],
  ['a reel', say('x', { media: [file('video')], format: 'reel' })],
  ['a story of a video', say('', { media: [file('video')], format: 'story' })],
])('a dry run of %s goes to the end', (_, content) => {
  const steps = assumed(publishing, content, page())
  expect(steps.at(-1)).toMatchObject({ do: 'done' })
  expect(JSON.stringify(steps)).not.toMatch(/undefined|NaN/)
  if (content.media.length > 1) expect(JSON.stringify(steps)).toContain('<picture 10 of 10>')
})

it('what was published can be taken away, where its id is known', () => {
  const [removal] = publishing.remove?.(POST, page(), {}) ?? []
  expect(removal).toMatchObject({ request: { method: 'DELETE', url: `${GRAPH}/${POST}` }, endpoint: 'DELETE /post' })
  expect(removal?.look).toEqual({ method: 'GET', url: `${GRAPH}/${POST}?fields=id` })
  const gone = (status: number, error: object) => removal?.gone(answer(status, { error }))
  expect([gone(404, {}), gone(400, { code: 100, error_subcode: 33 })]).toEqual([true, true])
  expect([gone(400, { code: 100 }), gone(403, { code: 200 }), gone(500, { code: 2 })]).toEqual([false, false, false])
  expect(publishing.remove?.('', page(), {})).toEqual([])
})
