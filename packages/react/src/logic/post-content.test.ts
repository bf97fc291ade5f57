import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  complete,
  contentOf,
  type Draft,
  EMPTY,
  filesOf,
  isEmpty,
  merged,
  moved,
  ownKeys,
  sharedAgain,
  withAccounts,
  written,
} from './post-content.ts'

const draft: Draft = {
  content: { text: 'For all', media: [{ id: 'm1', alt: 'Bread' }], firstComment: 'More' },
  targets: [{ accountId: 'a' }, { accountId: 'b', override: { text: 'For b', firstComment: null } }],
}

describe('what one account says', () => {
  it('is what all say, where it has nothing of its own', () =>
    expect(contentOf(draft, 'a')).toEqual({
      text: 'For all',
      media: [{ id: 'm1', alt: 'Bread' }],
      firstComment: 'More',
    }))

  it('is its own where there is some, and null takes a part away', () =>
    expect(contentOf(draft, 'b')).toEqual({ text: 'For b', media: [{ id: 'm1', alt: 'Bread' }] }))

  it('is a whole content, whatever is taken away', () =>
    expect(merged(draft.content, { text: null, media: null, firstComment: null })).toEqual({ text: '', media: [] }))
})

describe('writing', () => {
  it('for all changes those who have nothing of their own', () => {
    const next = written(draft, 'all', { text: 'New' })
    expect(contentOf(next, 'a').text).toBe('New')
    expect(contentOf(next, 'b').text).toBe('For b')
    expect(draft.content.text).toBe('For all')
  })

  it('for one makes that part its own, and no other part', () => {
    const next = written(draft, 'a', { text: 'For a' })
    expect(ownKeys(next, 'a')).toEqual(['text'])
    expect(contentOf(next, 'all').text).toBe('For all')
    expect(written(next, 'all', { media: [] }).targets[0]).toEqual({ accountId: 'a', override: { text: 'For a' } })
  })

  it('the same as for all is nobody’s own', () => {
    const next = written(written(draft, 'a', { text: 'For a' }), 'a', { text: 'For all' })
    expect(next.targets[0]).toEqual({ accountId: 'a' })
    expect(written(draft, 'a', { poll: undefined }).targets[0]).toEqual({ accountId: 'a' })
  })

  it('takes a part away: from all for good, from one by null', () => {
    expect(written(draft, 'all', { firstComment: undefined }).content).not.toHaveProperty('firstComment')
    expect(written(draft, 'a', { firstComment: undefined }).targets[0]?.override).toEqual({ firstComment: null })
    expect(contentOf(written(draft, 'a', { firstComment: undefined }), 'a')).not.toHaveProperty('firstComment')
  })

  it('for an account that is not chosen changes nothing', () =>
    expect(written(draft, 'nobody', { text: 'x' })).toEqual(draft))

  it('what was written is what is said, for any text and any account', () => {
    fc.assert(
      fc.property(fc.constantFrom('all', 'a', 'b'), fc.string(), fc.array(fc.string()), (scope, text, ids) => {
        const media = ids.map((id) => ({ id }))
        const next = contentOf(written(draft, scope, { text, media }), scope)
        expect(next.text).toBe(text)
        expect(next.media).toEqual(media)
      }),
    )
  })
})

it('goes back to what all say, and forth again', () => {
  const back = sharedAgain(draft, 'b')
  expect(back.targets[1]).toEqual({ accountId: 'b' })
  expect(sharedAgain(back, 'b', { text: 'For b', firstComment: null })).toEqual(draft)
})

describe('accounts', () => {
  it('those that stay keep what is theirs, in the order given', () =>
    expect(withAccounts(draft, ['c', 'b']).targets).toEqual([{ accountId: 'c' }, draft.targets[1]]))
})

describe('an empty draft', () => {
  it.each<[string, Draft, boolean]>([
    ['nothing', EMPTY, true],
    ['accounts alone', withAccounts(EMPTY, ['a']), true],
    ['spaces', written(EMPTY, 'all', { text: '  \n' }), true],
    ['a text', written(EMPTY, 'all', { text: 'a' }), false],
    ['a picture', written(EMPTY, 'all', { media: [{ id: 'm' }] }), false],
    ['an own text', written(withAccounts(EMPTY, ['a']), 'a', { text: 'a' }), false],
    ['a comment', written(EMPTY, 'all', { firstComment: 'a' }), false],
  ])('%s', (_, one, empty) => expect(isEmpty(one)).toBe(empty))
})

it('moves one thing and keeps the others in order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
  expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})

it('names each file once, also those of one account and of a link', () => {
  const one = written(draft, 'a', {
    media: [{ id: 'm1' }, { id: 'm2' }],
    thread: [{ text: '', media: [{ id: 'm3' }] }],
    link: { url: 'https://a.example', image: { id: 'm4' } },
  })
  expect(filesOf(one).map((use) => use.id)).toEqual(['m1', 'm2', 'm3', 'm4'])
})

it('an account that was left out by mistake has its own words again', () => {
  const without = withAccounts(draft, ['a'])
  expect(withAccounts(without, ['a', 'b'], draft.targets)).toEqual(draft)
  expect(withAccounts(draft, ['b'], [{ accountId: 'b', override: { text: 'Of before' } }]).targets).toEqual([
    draft.targets[1],
  ])
})

describe('a link without an address', () => {
  const bare = { url: ' ' }
  it('is not sent, for all nor for one', () =>
    expect(
      complete({
        content: { text: 'a', media: [], link: bare },
        targets: [{ accountId: 'a' }, { accountId: 'b', override: { text: 'b', link: bare } }],
      }),
    ).toEqual({
      content: { text: 'a', media: [] },
      targets: [{ accountId: 'a' }, { accountId: 'b', override: { text: 'b', link: null } }],
    }))

  it('is nothing to keep a draft of', () =>
    expect(isEmpty({ content: { text: '', media: [], link: bare }, targets: [] })).toBe(true))

  it('with one, it is sent as it is', () => {
    const whole = { content: { text: '', media: [], link: { url: 'https://northwind.example' } }, targets: [] }
    expect(complete(whole)).toEqual(whole)
  })
})
