/** What a screen of connections shows, and what counts as a change. */
import { describe, expect, it } from 'vitest'
import { changeLine, changesOf, type Watched } from './watch-changes.ts'
import { frame, lines, type Scene } from './watch-screen.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const of = (id: string, more: Partial<Watched> = {}): Watched => ({
  id: `${id}${'0'.repeat(8 - id.length)}-0000-4000-8000-000000000000`,
  provider: 'linkedin',
  registration: 'linkedin',
  state: 'connected',
  identity: { label: `Person ${id}`, subject: id, email: null },
  accounts: [],
  accessTokenExpiresAt: '2027-01-20T12:00:00Z',
  health: { message: 'Renews itself.', level: 'ok' },
  problem: null,
  ...more,
})
const failing: Partial<Watched> = {
  state: 'failing',
  health: { message: 'LinkedIn is not answering. Your connection is fine, we try again.', level: 'warning' },
  problem: { failures: 1, nextTryAt: '2026-11-21T12:00:40Z' },
}
const scene = (more: Partial<Scene> = {}): Scene => ({
  rows: [of('a'), of('b', failing)],
  marked: new Set(),
  now: NOW,
  at: 'http://localhost:8003',
  away: undefined,
  size: { columns: 120, rows: 24 },
  ...more,
})

describe('a screen', () => {
  it('shows state, time left, next try and health of each', () => {
    expect(lines(scene())).toEqual([
      'Mooring  http://localhost:8003  1 connected, 1 failing  2026-11-21 12:00:00 UTC',
      'Ctrl+C ends this.',
      '',
      '  CONNECTION  PROVIDER  AS        STATE      EXPIRES IN  NEXT TRY  HEALTH',
      '  a0000000    linkedin  Person a  connected  60 d        -         Renews itself.',
      '  b0000000    linkedin  Person b  failing    60 d        40 s      LinkedIn is not answering. Your connection is fine, …',
    ])
  })

  it('marks what changed a moment ago', () => {
    const marked = new Set([of('b').id])
    const drawn = lines(scene({ marked }))
    expect(drawn.filter((line) => line.startsWith('*'))).toEqual([expect.stringContaining('b0000000')])
    expect(frame(scene({ marked }))).toContain('\u001b[1m* b0000000')
    expect(frame(scene())).not.toContain('\u001b[1m')
  })

  it('keeps the last table while the server is away', () => {
    const drawn = lines(scene({ away: 'No server answers.' }))
    expect(drawn[1]).toBe('server away, waiting. No server answers.')
    expect(drawn).toHaveLength(6)
    expect(lines(scene({ rows: [] }))[3]).toBe('No connections yet.')
    expect(lines(scene({ rows: [], away: '' }))[3]).toBe('')
  })

  it('never draws more than fits, and then what needs eyes first', () => {
    const rows = [...Array.from({ length: 50 }, (_, at) => of(`c${at}`)), of('b', failing), of('d')]
    const drawn = lines(scene({ rows, marked: new Set([of('d').id]), size: { columns: 60, rows: 10 } }))
    expect(drawn).toHaveLength(10)
    for (const line of drawn) expect(line.length).toBeLessThanOrEqual(60)
    expect(drawn[4]).toMatch(/^\* d0/)
    expect(drawn[5]).toContain('failing')
    expect(drawn.at(-1)).toBe('  and 47 more')
  })

  it('is written over the last one, line by line, without clearing it first', () => {
    const drawn = frame(scene())
    expect(drawn.startsWith('\u001b[HMooring')).toBe(true)
    expect(drawn.endsWith('\u001b[K\u001b[J')).toBe(true)
    expect(drawn.split('\u001b[K')).toHaveLength(7)
    expect(drawn).not.toContain('\u001b[2J')
  })

  it('a name from outside steers no terminal', () => {
    const evil = of('e', { identity: { label: '\u001b]0;owned\u0007\n\u009b2J', subject: 'e', email: null } })
    expect(lines(scene({ rows: [evil] })).join('')).not.toMatch(/\p{Cc}/u)
    const [change] = changesOf(undefined, [evil])
    expect(change && changeLine(change, NOW)).not.toMatch(/\p{Cc}/u)
  })
})

describe('what changed', () => {
  const told = (before: Watched[] | undefined, after: Watched[]) =>
    changesOf(before, after).map((one) => [one.change, one.connection.id.slice(0, 1), one.fields])

  it('at the first look is everything that is there, then what is new, other or gone', () => {
    expect(told(undefined, [of('a'), of('b')])).toEqual([
      ['found', 'a', []],
      ['found', 'b', []],
    ])
    expect(told([of('a'), of('b')], [of('a'), of('b')])).toEqual([])
    expect(told([of('a'), of('b')], [of('b', failing), of('c')])).toEqual([
      ['changed', 'b', ['state', 'health', 'nextTry']],
      ['added', 'c', []],
      ['removed', 'a', []],
    ])
    expect(told([], [of('a')])).toEqual([['added', 'a', []]])
  })

  it.each<[string, Partial<Watched>, string]>([
    ['a renewal', { accessTokenExpiresAt: '2027-03-21T12:00:00Z' }, 'token ends 2027-03-21, in 120 days'],
    [
      'a failure',
      failing,
      'connected → failing; LinkedIn is not answering. Your connection is fine, we try again.; next try in 40 s',
    ],
    ['accounts', { accounts: [{ kind: 'person', label: 'A', subject: 'a' }] }, '1 account'],
    ['a name', { identity: { label: 'Anna', subject: 'a', email: null } }, 'as Anna'],
  ])('%s is told in words', (_, more, words) => {
    const [change] = changesOf([of('a')], [of('a', more)])
    const line = change ? changeLine(change, NOW) : ''
    expect(line.startsWith(`2026-11-21 12:00:00  ${of('a').id}  linkedin  `)).toBe(true)
    expect(line.endsWith(`  ${words}`)).toBe(true)
  })
})
