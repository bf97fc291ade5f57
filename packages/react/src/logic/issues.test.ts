import { describe, expect, it } from 'vitest'
import type { PostCheck, PostIssue } from '../api.ts'
import {
  counterOf,
  fullness,
  heldBack,
  issueLines,
  issueSummary,
  namesOf,
  tightest,
  undescribed,
  worstIssue,
} from './issues.ts'
import { postAccount } from './post.fixture.ts'
import type { Draft } from './post-content.ts'

const accounts = [postAccount({ id: 'a', label: 'A' }), postAccount({ id: 'b', label: 'B' }), postAccount({ id: 'c' })]
const issue = (at: string, severity: PostIssue['severity'] = 'error', message = 'Too long.'): PostIssue => ({
  severity,
  code: 'text_too_long',
  message,
  at,
})
const check = (...issues: PostIssue[][]): PostCheck => ({
  accounts: issues.map((list, n) => ({
    accountId: ['a', 'b', 'c'][n] as string,
    ok: list.every((one) => one.severity !== 'error'),
    issues: list,
    counters: [{ at: 'text', used: 312, limit: 280 }],
  })),
})
const draft = (...own: (object | undefined)[]): Draft => ({
  content: { text: 'x', media: [] },
  targets: own.map((override, n) => ({ accountId: ['a', 'b', 'c'][n] as string, ...(override ? { override } : {}) })),
})

describe('lines', () => {
  it('one for all whom the same text concerns, errors first', () => {
    const lines = issueLines(
      check([issue('media.0.alt', 'warning', 'No alt text.'), issue('text')], [issue('text')], []),
      draft(undefined, undefined, undefined),
      accounts,
    )
    expect(lines.map((one) => [one.at, one.accounts.map((account) => account.label), one.scope])).toEqual([
      ['text', ['A', 'B'], 'all'],
      ['media.0.alt', ['A'], 'all'],
    ])
    expect(issueSummary(lines)).toBe('1 to fix, 1 to look at')
  })

  it('an own text is another matter, and is opened to mend it', () => {
    const lines = issueLines(check([issue('text')], [issue('text')]), draft(undefined, { text: 'y' }), accounts)
    expect(lines.map((one) => one.scope)).toEqual(['all', 'b'])
  })

  it('an own text does not make the pictures its own', () => {
    const [line] = issueLines(check([issue('media.1')]), draft({ text: 'y' }), accounts)
    expect(line?.scope).toBe('all')
  })

  it('the same of several files is one line, of the same accounts alone', () => {
    const converted = (place: number) => issue(`media.${place}`, 'warning', 'It is converted.')
    const lines = issueLines(
      check([converted(0), converted(1), converted(2)], [converted(2)]),
      draft(undefined, undefined),
      accounts,
    )
    expect(lines.map((one) => [one.at, one.places, one.accounts.length])).toEqual([
      ['media.0', 2, 1],
      ['media.2', 1, 2],
    ])
  })

  it('other words are another matter', () =>
    expect(issueLines(check([issue('text')], [issue('text', 'error', '2 too many.')]), draft(), accounts)).toHaveLength(
      2,
    ))

  it('none before anything was checked, and none of an account that is gone', () => {
    expect(issueLines(undefined, draft(), accounts)).toEqual([])
    expect(issueLines(check([issue('text')]), draft(undefined), [])).toEqual([])
    expect(issueSummary([])).toBe('')
  })
})

it('who is at fault, and who stays behind', () => {
  const one = check([issue('text', 'warning'), issue('text')], [issue('text', 'warning')], [])
  expect(['a', 'b', 'c', 'gone'].map((id) => worstIssue(one, id))).toEqual(['error', 'warning', undefined, undefined])
  expect(heldBack(one)).toEqual(['a'])
  expect(heldBack(undefined)).toEqual([])
})

it('names each network once', () =>
  expect(namesOf(accounts, (one) => (one.id === 'c' ? 'X' : 'LinkedIn'))).toBe('LinkedIn and X'))

describe('counters', () => {
  it.each([
    [0, 280, { part: 0, left: 280, tone: 'calm' }],
    [259, 280, { part: 0.925, left: 21, tone: 'calm' }],
    [260, 280, { left: 20, tone: 'near' }],
    [280, 280, { part: 1, left: 0, tone: 'near' }],
    [312, 280, { part: 1, left: -32, tone: 'over' }],
    [2840, 3000, { left: 160, tone: 'calm' }],
    [2850, 3000, { left: 150, tone: 'near' }],
    [0, 0, { part: 1, left: 0, tone: 'near' }],
  ])('%i of %i', (used, limit, expected) => expect(fullness({ at: 'text', used, limit })).toMatchObject(expected))

  it('that of one account and field', () => {
    expect(counterOf(check([]), 'a', 'text')).toMatchObject({ used: 312 })
    expect(counterOf(check([]), 'a', 'firstComment')).toBeUndefined()
    expect(counterOf(undefined, 'a', 'text')).toBeUndefined()
  })

  it('the one with the least left', () => {
    const [wide, tight] = [
      { at: 'text', used: 10, limit: 3000 },
      { at: 'text', used: 300, limit: 280 },
    ]
    expect(tightest([wide as never, tight as never])).toBe(tight)
    expect(tightest([])).toBeUndefined()
  })
})

describe('pictures that nobody described', () => {
  const content = {
    text: '',
    media: [{ id: 'a', alt: 'Bread' }, { id: 'film' }, { id: 'b', alt: ' ' }],
    thread: [{ text: '', media: [{ id: 'c' }] }],
  }
  it('the first, and how many', () =>
    expect(undescribed(content, (id) => id !== 'film')).toEqual({ at: 'media.2.alt', count: 2 }))
  it('in a later part of the thread', () =>
    expect(undescribed({ ...content, media: [] }, () => true)).toEqual({ at: 'thread.0.media.0.alt', count: 1 }))
  it('none', () => expect(undescribed({ text: '', media: [{ id: 'a', alt: 'x' }] }, () => true)).toBeUndefined())
})
