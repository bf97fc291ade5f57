import { describe, expect, it } from 'vitest'
import { offline } from '../problem.ts'
import { dueOf, endsBefore, hindrance, type Readiness, saveWords, sendLabel, whenWords } from './compose-words.ts'
import { setDateStyle } from './dates.ts'
import { target } from './post.fixture.ts'

const now = Date.parse('2026-10-14T08:24:00Z')
const at = (local: string, zone = 'Europe/Rome') => ({ how: 'at', at: { local, zone } }) as const
const next = { local: '2026-10-15T09:00', zone: 'America/New_York' }

it.each([
  ['now', 5, 0, 'Post now'],
  ['now', 5, 1, 'Post 4 of 5 now'],
  ['slot', 5, 1, 'Schedule 4 of 5'],
  ['slot', 1, 1, 'Schedule'],
  ['slot', 0, 0, 'Schedule'],
] as const)('%s, %i chosen, %i stay behind: %s', (how, chosen, held, label) =>
  expect(sendLabel({ how }, chosen, held)).toBe(label),
)

it('says when, and in which zone', () => {
  expect(whenWords({ how: 'now' }, next).title).toBe('Now')
  expect(whenWords(at('2026-10-29T09:00'), next)).toEqual({ title: 'Thu 29 Oct 2026, 09:00', note: 'Europe/Rome' })
  expect(whenWords({ how: 'slot' }, next)).toEqual({
    title: 'Thu 15 Oct 2026, 09:00',
    note: 'Next free slot, America/New York',
  })
  expect(whenWords({ how: 'slot' }, undefined).title).toBe('No free slot')
})

describe('what hinders it', () => {
  const ready: Readiness = {
    draft: { content: { text: 'Hi', media: [] }, targets: [{ accountId: 'a' }, { accountId: 'b' }] },
    choice: { how: 'now' },
    next,
    uploading: 0,
    held: 0,
    now,
  }
  it.each<[string, Partial<Readiness>, string | undefined]>([
    ['nothing', {}, undefined],
    ['one stays behind', { held: 1 }, undefined],
    ['all stay behind', { held: 2 }, 'No account could take it yet.'],
    ['nobody chosen', { draft: { ...ready.draft, targets: [] } }, 'Choose an account first.'],
    ['nothing written', { draft: { ...ready.draft, content: { text: ' ', media: [] } } }, 'Write something first.'],
    ['files on the way', { uploading: 2 }, '2 files are still on the way.'],
    ['a file on the way', { uploading: 1 }, '1 file is still on the way.'],
    ['no slot', { choice: { how: 'slot' }, next: undefined }, 'There is no free slot. Pick a time.'],
    ['a slot', { choice: { how: 'slot' } }, undefined],
    ['a time that passed', { choice: at('2026-10-14T10:00') }, 'That time has passed. Pick another.'],
    ['a time to come', { choice: at('2026-10-14T10:30') }, undefined],
    ['no time', { choice: at('') }, 'Pick a day and a time.'],
  ])('%s', (_, parts, why) => expect(hindrance({ ...ready, ...parts })).toBe(why))
})

it('says how safe the draft is', () => {
  setDateStyle({ locale: null, timeZone: 'Europe/Rome' })
  expect(saveWords({ is: 'saved', at: now }, false)).toBe('Draft saved 10:24')
  expect(saveWords({ is: 'saved', at: now }, true)).toBe('Saved 10:24')
  expect(saveWords({ is: 'waiting' }, true)).toBe('Not saved yet')
  expect(saveWords({ is: 'failed', error: offline() }, false)).toBe(
    'Not saved. The server did not answer. Nothing was lost.',
  )
  expect(saveWords({ is: 'failed', error: new Error('x') }, false)).toBe('Not saved')
  expect(saveWords({ is: 'clean' }, false)).toBe('')
})

describe('a connection that ends before', () => {
  const ends = target({}, { needsPersonAt: '2026-10-23T12:00:00Z' })
  it.each([
    [ends, '2026-10-29T08:00:00Z', '23 Oct'],
    [ends, '2026-10-20T08:00:00Z', undefined],
    [target(), '2026-10-29T08:00:00Z', undefined],
  ])('%#', (one, due, day) => expect(endsBefore(one, Date.parse(due), now)).toBe(day))
})

it('knows the moment', () => {
  expect(dueOf({ how: 'now' }, next, now)).toBe(now)
  expect(dueOf({ how: 'slot' }, next, now)).toBe(Date.parse('2026-10-15T13:00:00Z'))
  expect(dueOf(at('2026-10-15T09:00'), next, now)).toBe(Date.parse('2026-10-15T07:00:00Z'))
  expect(dueOf({ how: 'slot' }, undefined, now)).toBe(now)
})
