import { describe, expect, it } from 'vitest'
import { account, candidate } from './connection.fixture.ts'
import { pickerAction, withOwn } from './picker-action.ts'
import { extended, found, pageOf, ranged, tickOf, toggled, toggledAll } from './selection.ts'

const off = candidate('c', { selectable: false })
const rows = [candidate('a'), candidate('b'), off, candidate('d'), candidate('e')]
const ids = (set: ReadonlySet<string>) => [...set].sort()

describe('a click', () => {
  it('turns one row over', () => {
    expect(ids(toggled(new Set(['a']), 'b'))).toEqual(['a', 'b'])
    expect(ids(toggled(new Set(['a', 'b']), 'b'))).toEqual(['a'])
  })
})

describe('a click with shift', () => {
  it('takes all usable rows between the last one and this one, in both directions', () => {
    expect(ids(ranged(rows, new Set(['a']), 'a', 'e'))).toEqual(['a', 'b', 'd', 'e'])
    expect(ids(ranged(rows, new Set(['e']), 'e', 'b'))).toEqual(['b', 'd', 'e'])
  })
  it('takes them off when this one was chosen', () => {
    expect(ids(ranged(rows, new Set(['a', 'b', 'd', 'e']), 'b', 'e'))).toEqual(['a'])
  })
  it('is a plain click without an anchor, or when the search hides it', () => {
    expect(ids(ranged(rows, new Set(), undefined, 'd'))).toEqual(['d'])
    expect(ids(ranged(rows.slice(2), new Set(['a']), 'a', 'd'))).toEqual(['a', 'd'])
  })
})

describe('all at once', () => {
  it('has three states, by usable rows alone', () => {
    expect(tickOf(rows, new Set())).toBe('none')
    expect(tickOf(rows, new Set(['a']))).toBe('some')
    expect(tickOf(rows, new Set(['a', 'b', 'd', 'e']))).toBe('all')
    expect(tickOf([off], new Set(['c']))).toBe('none')
  })
  it('takes all from none and from some, and none from all', () => {
    expect(ids(toggledAll(rows, new Set(['a'])))).toEqual(['a', 'b', 'd', 'e'])
    expect(ids(toggledAll(rows, new Set(['a', 'b', 'd', 'e'])))).toEqual([])
  })
  it('leaves alone what the search hides', () => {
    expect(ids(toggledAll(rows.slice(3), new Set(['a'])))).toEqual(['a', 'd', 'e'])
    expect(ids(toggledAll(rows.slice(3), new Set(['a', 'd', 'e'])))).toEqual(['a'])
  })
})

describe('more with shift and an arrow', () => {
  it('adds the usable ones, and takes none off', () => {
    expect(ids(extended(rows, new Set(['a']), ['b', 'c', undefined]))).toEqual(['a', 'b'])
    expect(ids(extended(rows, new Set(['a', 'b']), ['a', 'b']))).toEqual(['a', 'b'])
  })
})

describe('a page', () => {
  const page = (wanted: number, size = 2) => {
    const { rows: some, number, of, from } = pageOf(rows, wanted, size)
    return [some.map((one) => one.id).join(''), number, of, from]
  }
  it('is a part of the rows, in their order', () => {
    expect(page(0)).toEqual(['ab', 0, 3, 0])
    expect(page(1)).toEqual(['cd', 1, 3, 2])
    expect(page(2)).toEqual(['e', 2, 3, 4])
    expect(page(0, 50)).toEqual(['abcde', 0, 1, 0])
  })
  it('past the end is the last one: a search leaves fewer', () => {
    expect(page(9)).toEqual(['e', 2, 3, 4])
    expect(page(-1)).toEqual(['ab', 0, 3, 0])
    expect(pageOf([], 3, 50)).toMatchObject({ rows: [], number: 0, of: 1 })
  })
})

describe('search', () => {
  const list = [
    candidate('1', { label: 'Café Løvås' }),
    candidate('2', { label: 'Acme Bakery', note: 'Content admin' }),
    candidate('3', { label: 'Mara', kind: 'person', handle: '@mara' }),
  ]
  it.each([
    ['', ['1', '2', '3']],
    ['  ', ['1', '2', '3']],
    ['cafe', ['1']],
    ['lovas', ['1']],
    ['LØVÅS', ['1']],
    ['BAKERY admin', ['2']],
    ['@mar', ['3']],
    ['person', ['3']],
    ['kestrl', []],
  ])('%j', (query, expected) => expect(found(list, query).map((one) => one.id)).toEqual(expected))

  it('is quick with 5000 rows', () => {
    const many = Array.from({ length: 5000 }, (_, index) => candidate(String(index)))
    const started = performance.now()
    expect(found(many, 'organization 4999')).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('what the button says', () => {
  const set = (...some: string[]) => new Set(some)
  it.each([
    [set(), set(), 'Connect', 'Choose at least one account.'],
    [set('a'), set(), 'Connect 1 account', null],
    [set('a', 'b', 'd'), set(), 'Connect 3 accounts', null],
    [set('a'), set('a'), 'Save', 'Nothing changed yet.'],
    [set(), set('a'), 'Save', 'Keep at least one account, or disconnect instead.'],
    [set('a', 'b'), set('a'), 'Add 1 account', null],
    [set('a'), set('a', 'b', 'c'), 'Remove 2 accounts', null],
    [set('a', 'd'), set('a', 'b'), 'Add 1, remove 1', null],
  ])('%#', (selected, before, label, blocked) => expect(pickerAction(selected, before, 5)).toEqual({ label, blocked }))

  it('says so where nothing can be chosen at all', () => {
    expect(pickerAction(set(), set(), 0)).toEqual({
      label: 'Connect',
      blocked: 'There is nothing here that you can choose.',
    })
  })
})

describe('changing the accounts of a connection', () => {
  it('lets its own be taken off, and keeps those of others dimmed', () => {
    const list = [
      candidate('mine', { selectable: false, connected: true, reason: 'Already connected.' }),
      candidate('theirs', { selectable: false, connected: true, reason: 'Already connected.' }),
    ]
    const [mine, theirs] = withOwn(list, [account('mine')])
    expect(mine).toMatchObject({ selectable: true, reason: null })
    expect(theirs).toMatchObject({ selectable: false, reason: 'Already connected.' })
  })
  it('names what the platform lists no more', () => {
    const gone = withOwn([], [account('gone')])
    expect(gone).toMatchObject([{ id: 'gone', selectable: false }])
    expect(gone[0]?.reason).toMatch(/takes it off/)
  })
})
