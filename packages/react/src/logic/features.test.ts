import { describe, expect, it } from 'vitest'
import { acceptOf, offered, spanName, takenBy, targetsIn } from './features.ts'
import { features, target } from './post.fixture.ts'

const poll = (minutes: number[] | { least: number; most: number }, options = 4) => ({
  options,
  optionLength: 25,
  questionLength: 140,
  minutes,
})
const with_ = (parts: Parameters<typeof features>[0]) => target({}, { features: features(parts) })

describe('what the chosen accounts take', () => {
  it('is what one of them takes', () => {
    const taken = takenBy([
      with_({ images: 4, altText: 1000, thread: true, link: 'plain', formats: ['feed'] }),
      with_({ images: 10, altText: 0, link: 'none', formats: ['feed', 'reel'], visibility: ['public', 'connections'] }),
    ])
    expect(taken).toMatchObject({ images: 10, altText: 1000, thread: true, card: false, link: true })
    expect(taken.formats).toEqual(['feed', 'reel'])
    expect(taken.visibility).toEqual(['public', 'connections'])
  })

  it('alt text that fits the strictest fits all', () => {
    expect(takenBy([with_({ altText: 4000 }), with_({ altText: 1000 }), with_({ altText: 0 })]).altText).toBe(1000)
    expect(takenBy([with_({ altText: 0 })]).altText).toBe(0)
  })

  it('is nothing where none is chosen', () =>
    expect(takenBy([])).toMatchObject({ images: 0, poll: undefined, thread: false, formats: [] }))

  it('one poll fits all that take polls', () => {
    const days = [1440, 4320, 10080, 20160]
    expect(takenBy([with_({ poll: poll(days) }), with_({ poll: poll({ least: 5, most: 10080 }, 2) })]).poll).toEqual({
      options: 2,
      optionLength: 25,
      questionLength: 140,
      minutes: [1440, 4320, 10080],
    })
  })
})

it('one account’s text is about that account alone', () => {
  const targets = [target({ id: 'a' }), target({ id: 'b' }), target({ id: 'c' })]
  const draft = {
    content: { text: '', media: [] },
    targets: [{ accountId: 'b' }, { accountId: 'gone' }, { accountId: 'a' }],
  }
  expect(targetsIn(draft, 'all', targets).map((one) => one.account.id)).toEqual(['b', 'a'])
  expect(targetsIn(draft, 'a', targets).map((one) => one.account.id)).toEqual(['a'])
  expect(targetsIn(draft, 'c', targets)).toEqual([])
})

it('lengths of a poll', () => {
  expect(offered(poll({ least: 5, most: 10080 }))).toEqual([60, 360, 1440, 4320, 10080])
  expect(offered(poll([1440]))).toEqual([1440])
  expect([60, 1440, 4320, 10080, 20160, 45].map(spanName)).toEqual([
    '1 hour',
    '1 day',
    '3 days',
    '1 week',
    '2 weeks',
    '45 minutes',
  ])
})

it('a file chooser offers what is taken', () => {
  expect(acceptOf({ images: 1, videos: 0, documents: 0 })).toBe('image/*')
  expect(acceptOf({ images: 1, videos: 1, documents: 1 })).toContain('application/pdf')
  expect(acceptOf({ images: 0, videos: 0, documents: 0 })).toBe('')
})
