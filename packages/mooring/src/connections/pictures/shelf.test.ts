import { describe, expect, it } from 'vitest'
import { createShelf } from './shelf.ts'

describe('a shelf', () => {
  const setup = (limits = { bytes: 100, things: 3 }) => {
    const clock = { now: 0 }
    const made: string[] = []
    const shelf = createShelf<string>(() => clock.now, limits)
    const get = (key: string, bytes = 10, keepMs = 1000) =>
      shelf.get(key, async () => {
        made.push(key)
        return { value: `${key}!`, bytes, keepMs }
      })
    return { clock, made, shelf, get }
  }

  it('makes a thing once, and again when its time is over', async () => {
    const { clock, made, get } = setup()
    expect([await get('a'), await get('a')]).toEqual(['a!', 'a!'])
    clock.now = 999
    await get('a')
    expect(made).toEqual(['a'])
    clock.now = 1000
    await get('a')
    expect(made).toEqual(['a', 'a'])
  })

  it('makes a thing once for all who ask at the same time', async () => {
    const { made, get } = setup()
    await Promise.all([get('a'), get('a'), get('a')])
    expect(made).toEqual(['a'])
  })

  it('lets go of what was used longest ago, by number', async () => {
    const { made, shelf, get } = setup()
    for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await get(key)
    expect(made).toEqual(['a', 'b', 'c', 'd', 'b'])
    expect(shelf.size()).toEqual({ things: 3, bytes: 30 })
  })

  it('and by size; what is larger than the whole shelf is not kept', async () => {
    const { shelf, get } = setup()
    await get('a', 60)
    await get('b', 60)
    expect(shelf.size()).toEqual({ things: 1, bytes: 60 })
    expect(await get('c', 101)).toBe('c!')
    expect(shelf.size()).toEqual({ things: 0, bytes: 0 })
  })
})
