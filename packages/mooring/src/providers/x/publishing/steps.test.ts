/** Each kind of post, from nothing known to done: what leaves, in which order, and what is gone on with after a stop. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../../provider.ts'
import { answer, assumed, type Call, file, jsonOf, NOW, say, walk } from '../../publishing-testing.ts'
import { mara } from './as.fixture.ts'
import { publishing } from './index.ts'

const TWEETS = 'POST https://api.x.com/2/tweets'
const UPLOAD = 'https://api.x.com/2/media/upload'
const ids = ['1790000000000000001', '1790000000000000002', '1790000000000000003', '1790000000000000004']

/** X, in short: posts have the ids above in turn, files `m1`, `m2`, … */
function x(given: Record<string, ApiAnswer> = {}) {
  let posts = 0
  let files = 0
  return ({ endpoint }: Call): ApiAnswer => {
    const own = given[endpoint]
    if (own) return own
    if (endpoint === 'POST /2/tweets')
      return answer(201, { data: { id: ids[posts++], text: 'x https://t.co/a', edit_history_tweet_ids: [''] } })
    if (endpoint === 'POST /2/media/upload')
      return answer(200, { data: { id: `m${++files}`, media_key: `3_m${files}` } })
    throw new Error(`nobody asked for ${endpoint}`)
  }
}
const bodies = (calls: readonly Call[]) => calls.filter((one) => one.endpoint === 'POST /2/tweets').map(jsonOf)
const reply = (id: string | undefined) => ({ reply: { in_reply_to_tweet_id: id } })

describe('a text', () => {
  it('is one call, with nothing that X does not know', () => {
    const { asked, calls, end } = walk(publishing, say('Hello @ann & #all'), mara(), x())
    expect(asked).toEqual([TWEETS])
    expect(bodies(calls)).toEqual([{ text: 'Hello @ann & #all' }])
    expect(calls[0]?.create).toEqual({ part: 'post' })
    expect(end).toEqual({ do: 'done', id: ids[0], url: `https://x.com/mara/status/${ids[0]}` })
  })

  it('has its link in it, once', () => {
    const link = { url: 'https://example.com/a', title: 'left out' }
    const texts = [say('Read', { link }), say('Read https://example.com/a!', { link }), say('', { link })].map(
      (content) => bodies(walk(publishing, content, mara(), x()).calls),
    )
    expect(texts).toEqual([
      [{ text: 'Read\nhttps://example.com/a' }],
      [{ text: 'Read https://example.com/a!' }],
      [{ text: 'https://example.com/a' }],
    ])
  })

  it('without a handle has an address all the same', () => {
    const { handle: _, ...account } = mara().account
    expect(walk(publishing, say('x'), { ...mara(), account }, x()).end).toMatchObject({
      url: `https://x.com/i/status/${ids[0]}`,
    })
  })

  it.each([
    [201, {}],
    [201, { data: {} }],
    [200, { errors: [{ title: 'x' }] }],
    // An id that a parser rounded is none.
    [201, { data: { id: 1790000000000000000 } }],
  ])('answered with %d %j is unknown', (status, body) => {
    const { end } = walk(publishing, say('x'), mara(), x({ 'POST /2/tweets': answer(status, body) }))
    expect(end).toMatchObject({ outcome: { fault: { class: 'platform', unknown: true } } })
  })
})

describe('a poll', () => {
  it.each([
    ['Well?', 'A or B?', 'Well?\n\nA or B?'],
    ['', 'A or B?', 'A or B?'],
    ['So: A or B?', 'A or B?', 'So: A or B?'],
    ['Well?', ' ', 'Well?'],
  ])('%j with the question %j asks %j', (text, question, said) => {
    const poll = { question, options: ['A', 'B'], minutes: 60 }
    expect(bodies(walk(publishing, say(text, { poll }), mara(), x()).calls)).toEqual([
      { text: said, poll: { options: ['A', 'B'], duration_minutes: 60 } },
    ])
  })
})

describe('a thread', () => {
  const content = say('one', {
    thread: [
      { text: 'two', media: [] },
      { text: 'three', media: [file()] },
    ],
  })

  it('is a chain, each after the one before; files are there before its first part', () => {
    const { asked, calls, end } = walk(publishing, content, mara(), x())
    expect(asked).toEqual([`POST ${UPLOAD}`, TWEETS, TWEETS, TWEETS])
    expect(bodies(calls)).toEqual([
      { text: 'one' },
      { text: 'two', ...reply(ids[0]) },
      { text: 'three', media: { media_ids: ['m1'] }, ...reply(ids[1]) },
    ])
    expect(calls.map((one) => one.create?.part)).toEqual([undefined, 'post', 'thread.0', 'thread.1'])
    expect(calls.map((one) => one.name)).toEqual([
      'Upload picture in part 3',
      'Publish part 1 of 3',
      'Publish part 2 of 3',
      'Publish part 3 of 3',
    ])
    expect(end).toMatchObject({ id: ids[0] })
  })

  it('goes on from the last part that is there', () => {
    const first = walk(publishing, content, mara(), (step) =>
      step.create?.part === 'thread.0' ? answer(503) : x()(step),
    )
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'platform' } } })
    const { asked, calls } = walk(publishing, content, mara(), x(), first.progress)
    expect(asked).toEqual([TWEETS, TWEETS])
    expect(bodies(calls)[0]).toEqual({ text: 'two', ...reply(ids[0]) })
  })

  it('does not upload again for a part that is there', () => {
    const progress = { post: '1', 'thread.0': '2', 'thread.1': '3' }
    expect(publishing.next(content, mara(), progress, NOW)).toMatchObject({ do: 'done', id: '1' })
  })
})

describe('the first comment', () => {
  it('answers to the first part, after the thread, and may fail', () => {
    const content = say('one', { thread: [{ text: 'two', media: [] }], firstComment: 'three' })
    const { calls, end } = walk(publishing, content, mara(), x())
    expect(bodies(calls)[2]).toEqual({ text: 'three', ...reply(ids[0]) })
    expect(calls[2]).toMatchObject({
      name: 'Comment',
      create: { part: 'comment', optional: { learnt: { comment: 'none' }, warning: expect.any(String) } },
    })
    expect(end).toMatchObject({ do: 'done', id: ids[0] })
    const after = { post: '1', 'thread.0': '2', comment: 'none' }
    expect(publishing.next(content, mara(), after, NOW)).toMatchObject({ do: 'done' })
  })
})

describe('a refused post', () => {
  const refusal = answer(400, {
    title: 'Invalid Request',
    type: 'https://api.x.com/2/problems/invalid-request',
    errors: [{ message: 'Your media IDs are invalid.', parameters: { 'media.media_ids': ['m1'] } }],
  })

  it('for its files: they are uploaded anew when it is sent again', () => {
    const content = say('x', { media: [file()] })
    const first = walk(publishing, content, mara(), x({ 'POST /2/tweets': refusal }))
    expect(first.end).toMatchObject({ outcome: { fault: { class: 'media', code: 'invalid-request' } } })
    expect(walk(publishing, content, mara(), x(), first.progress).asked).toEqual([`POST ${UPLOAD}`, TWEETS])
  })

  it('for another reason keeps them', () => {
    const content = say('x', { media: [file()] })
    const other = answer(400, { type: 'https://api.x.com/2/problems/invalid-request' })
    const first = walk(publishing, content, mara(), x({ 'POST /2/tweets': other }))
    expect(walk(publishing, content, mara(), x(), first.progress).asked).toEqual([TWEETS])
  })
})

it.each([
  ['text', say('x')],
  ['poll', say('x', { poll: { question: 'Q', options: ['a', 'b'], minutes: 5 } })],
  ['pictures', say('x', { media: [file('image', { alt: 'A' }), file('image', { bytes: 3_000_000 })] })],
  ['video', say('x', { media: [file('video', { bytes: 5_000_000 })] })],
  ['a large video', say('x', { media: [file('video', { bytes: 8000 * 1024 ** 2 })] })],
  ['thread', say('x', { thread: [{ text: 'y', media: [file('gif')] }], firstComment: 'z' })],
])('a dry run of %s goes to the end', (_, content) => {
  const steps = assumed(publishing, content, mara())
  expect(steps.at(-1)).toMatchObject({ do: 'done', id: '<post>' })
  expect(JSON.stringify(steps)).not.toContain('undefined')
  if (content.media.length > 0) expect(JSON.stringify(steps)).toMatch(/"media_ids":\["<(picture|video)/)
  if (content.thread.length > 0) expect(JSON.stringify(steps)).toContain('"in_reply_to_tweet_id":"<post>"')
})

describe('what was published', () => {
  it.each([
    ['1790000000000000101', '1790000000000000101', 'https://x.com/i/status/1790000000000000101'],
    ['https://x.com/mara/status/12?s=20', '12', 'https://x.com/mara/status/12'],
    ['https://twitter.com/mara/status/12', '12', 'https://x.com/mara/status/12'],
    ['https://mobile.twitter.com/mara/status/12/photo/1', '12', 'https://x.com/mara/status/12'],
    ['https://x.com/i/web/status/12', '12', 'https://x.com/i/status/12'],
    ['https://x.com/mara', undefined, undefined],
    ['https://x.com.evil.example/mara/status/12', undefined, undefined],
    ['17900000000000001010', undefined, undefined],
    ['hello', undefined, undefined],
  ])('%s is %s', (pasted, id, url) => {
    expect(publishing.idFrom?.(pasted)).toEqual(id === undefined ? undefined : { id, url })
  })

  it('can be taken away', () => {
    const removal = (id: string) => ({
      request: { method: 'DELETE', url: `https://api.x.com/2/tweets/${id}` },
      endpoint: 'DELETE /2/tweets',
      gone: expect.any(Function),
    })
    expect(publishing.remove?.('12', mara(), { post: '12', comment: 'none' })).toEqual([removal('12')])
    const parts = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`thread.${n}`, String(100 + n)]))
    const progress = { post: '12', ...parts, 'thread.0.media.0': { id: '7' }, comment: '99' }
    const ids = ['99', ...Object.values(parts).toReversed(), '12']
    expect(publishing.remove?.('12', mara(), progress)).toEqual(ids.map(removal))
  })
})
