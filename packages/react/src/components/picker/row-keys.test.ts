import { describe, expect, it } from 'vitest'
import { candidate } from '../../logic/connection.fixture.ts'
import { pageOf } from '../../logic/selection.ts'
import { type Key, moveOf } from './row-keys.ts'

const all = 'abcdefgh'.split('').map((id) => candidate(id))
const press = (key: string, current: string, held: Partial<Key> = {}) => {
  const at = all.findIndex((one) => one.id === current)
  const keys = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held }
  return moveOf(keys, all, pageOf(all, Math.floor(at / 3), 3), current)
}

describe('a key on a row, with three rows on a page', () => {
  it.each([
    ['ArrowDown', 'a', 'b', 0],
    ['ArrowDown', 'c', 'd', 1],
    ['ArrowUp', 'd', 'c', 0],
    ['Home', 'e', 'd', 1],
    ['End', 'd', 'f', 1],
    ['End', 'g', 'h', 2],
    ['PageDown', 'b', 'd', 1],
    ['PageDown', 'e', 'g', 2],
    ['PageUp', 'h', 'd', 1],
    ['PageUp', 'b', 'a', 0],
  ])('%s on %s goes to %s, page %i', (key, from, to, page) => {
    expect(press(key, from)).toEqual({ to, page, extend: false })
  })

  it('past an end does nothing, and scrolls nothing away', () => {
    expect(press('ArrowUp', 'a')).toEqual({ page: 0 })
    expect(press('ArrowDown', 'h')).toEqual({ page: 2 })
  })

  it('with shift an arrow takes both rows on', () => {
    expect(press('ArrowDown', 'c', { shiftKey: true })).toEqual({ to: 'd', page: 1, extend: true })
    expect(press('End', 'a', { shiftKey: true })).toEqual({ to: 'c', page: 0, extend: false })
  })

  it('that is a letter goes to the search, and Escape empties it', () => {
    for (const key of ['k', 'Ł', '北', '7']) expect(press(key, 'a')).toEqual({ page: 0, search: key })
    expect(press('Escape', 'a')).toEqual({ page: 0, search: '' })
  })

  it('takes all with the control or the command key', () => {
    expect(press('a', 'b', { ctrlKey: true })).toEqual({ page: 0, all: true })
    expect(press('A', 'b', { metaKey: true })).toEqual({ page: 0, all: true })
  })

  it('that is not ours is left alone', () => {
    for (const key of [' ', 'Tab', 'Enter', 'Shift', 'F5']) expect(press(key, 'a')).toBeUndefined()
    expect(press('f', 'a', { ctrlKey: true })).toBeUndefined()
    expect(press('ArrowDown', 'a', { altKey: true })).toBeUndefined()
  })
})
