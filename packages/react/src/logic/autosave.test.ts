import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AutosaveOptions, createAutosave, type Known, type SaveState } from './autosave.ts'
import { type Draft, EMPTY } from './post-content.ts'

const say = (text: string): Draft => ({ content: { text, media: [] }, targets: [] })

/** A server of one draft, which answers when it is told to. */
function world(start: { known?: Known; draft: Draft } = { draft: EMPTY }, delay: number | null = 1000) {
  const asked: { text: string; key?: string; version?: number }[] = []
  const states: SaveState['is'][] = []
  const open: ((end: () => void) => void)[] = []
  const rest = { delay }
  let keys = 0
  const made: Known = { id: 'p', version: 0 }
  const wait = <T>(value: () => T) =>
    new Promise<T>((resolve, reject) => {
      open.push((end) => {
        try {
          end()
          resolve(value())
        } catch (error) {
          reject(error)
        }
      })
    })
  const next = () => ({ ...made, version: ++made.version })
  const options: AutosaveOptions = {
    create(draft, key) {
      asked.push({ text: draft.content.text, key })
      return wait(next)
    },
    change(known, draft) {
      asked.push({ text: draft.content.text, version: known.version })
      return wait(next)
    },
    onState: (state) => states.push(state.is),
    newKey: () => `k${++keys}`,
    now: () => 1,
    isStale: (error) => error === 'stale',
    isPassing: (error) => error === 'offline',
    delay: () => rest.delay,
    again: 5000,
  }
  const answer = async (error?: string) => {
    open.shift()?.(() => {
      if (error !== undefined) throw error
    })
    await vi.advanceTimersByTimeAsync(0)
  }
  return { autosave: createAutosave(options, start), asked, states, answer, rest }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('while somebody writes', () => {
  it('the draft is made once it rests, then changed', async () => {
    const { autosave, asked, states, answer } = world()
    autosave.set(say('H'))
    await pass(900)
    autosave.set(say('Hi'))
    await pass(900)
    expect(asked).toEqual([])
    await pass(100)
    expect(asked).toEqual([{ text: 'Hi', key: 'k1' }])
    await answer()
    autosave.set(say('Hi all'))
    await pass(1000)
    await answer()
    expect(asked[1]).toEqual({ text: 'Hi all', version: 1 })
    expect(states).toEqual(['waiting', 'waiting', 'saving', 'saved', 'waiting', 'saving', 'saved'])
  })

  it('one write at a time: what came meanwhile follows at once', async () => {
    const { autosave, asked, answer } = world()
    autosave.set(say('a'))
    await pass(1000)
    autosave.set(say('ab'))
    autosave.set(say('abc'))
    await pass(5000)
    expect(asked).toHaveLength(1)
    await answer()
    expect(asked[1]).toEqual({ text: 'abc', version: 1 })
  })

  it('nothing is kept of an empty page, and nothing sent that is saved already', async () => {
    const { autosave, asked } = world()
    autosave.set({ ...EMPTY, targets: [{ accountId: 'a' }] })
    await pass(10_000)
    const known = world({ known: { id: 'p', version: 3 }, draft: say('a') })
    known.autosave.set(say('a'))
    await pass(10_000)
    expect([asked, known.asked]).toEqual([[], []])
  })

  it('emptied, a draft that is there is saved empty', async () => {
    const { autosave, asked } = world({ known: { id: 'p', version: 3 }, draft: say('a') })
    autosave.set(say(''))
    await pass(1000)
    expect(asked).toEqual([{ text: '', version: 3 }])
  })
})

describe('where the answer is lost', () => {
  it('the draft is sent again as it was under its key, and the newer words after it', async () => {
    const { autosave, asked, states, answer } = world()
    autosave.set(say('a'))
    await pass(1000)
    autosave.set(say('ab'))
    await answer('offline')
    expect(states.at(-1)).toBe('failed')
    await pass(5000)
    await answer()
    expect(asked).toEqual([
      { text: 'a', key: 'k1' },
      { text: 'a', key: 'k1' },
      { text: 'ab', version: 1 },
    ])
  })

  it('a refusal is not repeated by itself, and what is written next is another intent', async () => {
    const { autosave, asked, answer } = world()
    autosave.set(say('a'))
    await pass(1000)
    await answer('refused')
    await pass(60_000)
    expect(asked).toHaveLength(1)
    autosave.set(say('b'))
    await pass(1000)
    expect(asked[1]).toEqual({ text: 'b', key: 'k2' })
  })
})

describe('where somebody else changed it', () => {
  it('nothing is written until a person chose', async () => {
    const { autosave, asked, states, answer } = world({ known: { id: 'p', version: 1 }, draft: say('a') })
    autosave.set(say('b'))
    await pass(1000)
    await answer('stale')
    autosave.set(say('bc'))
    await pass(60_000)
    expect(asked).toHaveLength(1)
    expect(states.at(-1)).toBe('stale')
    autosave.adopt({ id: 'p', version: 7 }, say('theirs'))
    autosave.set(say('theirs and mine'))
    await pass(1000)
    expect(asked[1]).toEqual({ text: 'theirs and mine', version: 7 })
  })

  it('kept as a copy, it is another draft', async () => {
    const { autosave, asked, answer } = world({ known: { id: 'p', version: 1 }, draft: say('a') })
    autosave.set(say('b'))
    await pass(1000)
    await answer('stale')
    autosave.adopt(undefined, EMPTY)
    autosave.set(say('b'))
    await pass(1000)
    expect(asked[1]).toEqual({ text: 'b', key: 'k1' })
  })

  it('an answer that comes after is of no account', async () => {
    const { autosave, answer } = world({ known: { id: 'p', version: 1 }, draft: say('a') })
    autosave.set(say('b'))
    await pass(1000)
    autosave.adopt({ id: 'q', version: 9 }, say('c'))
    await answer()
    expect(autosave.known()).toEqual({ id: 'q', version: 9 })
  })
})

describe('flush', () => {
  it('saves now and answers with what is there', async () => {
    const { autosave, answer } = world()
    autosave.set(say('a'))
    const saved = autosave.flush()
    await answer()
    await expect(saved).resolves.toEqual({ id: 'p', version: 1 })
  })

  it('waits for the write that is under way, and for what came after it', async () => {
    const { autosave, asked, answer } = world()
    autosave.set(say('a'))
    await pass(1000)
    autosave.set(say('ab'))
    const saved = autosave.flush()
    await answer()
    await answer()
    await expect(saved).resolves.toEqual({ id: 'p', version: 2 })
    expect(asked.map((one) => one.text)).toEqual(['a', 'ab'])
  })

  it('asks nothing where all is saved', async () => {
    const { autosave, asked } = world({ known: { id: 'p', version: 4 }, draft: say('a') })
    await expect(autosave.flush()).resolves.toEqual({ id: 'p', version: 4 })
    expect(asked).toEqual([])
  })

  it('throws what stands against it', async () => {
    const { autosave, answer } = world()
    autosave.set(say('a'))
    const saved = autosave.flush()
    saved.catch(() => {})
    await answer('refused')
    await expect(saved).rejects.toBe('refused')
  })
})

it('by hand alone, nothing is sent before a flush, nor again after a failure', async () => {
  const { autosave, asked, states, answer } = world({ known: { id: 'p', version: 4 }, draft: say('a') }, null)
  autosave.set(say('half a sen'))
  await pass(60_000)
  expect(asked).toEqual([])
  expect(states).toEqual(['waiting'])
  const saved = autosave.flush()
  saved.catch(() => {})
  await answer('offline')
  await expect(saved).rejects.toBe('offline')
  await pass(60_000)
  expect(asked).toHaveLength(1)
})

describe('whether it saves by itself follows what it is now', () => {
  it('taken back to the drafts, what is written then is saved, and what was written meanwhile', async () => {
    const { autosave, asked, rest } = world({ known: { id: 'p', version: 4 }, draft: say('a') }, null)
    autosave.set(say('ab'))
    rest.delay = 1000
    autosave.keepUp({ id: 'p', version: 5 })
    await pass(1000)
    expect(asked).toEqual([{ text: 'ab', version: 5 }])
  })

  it('scheduled by another hand, half a sentence is not sent', async () => {
    const { autosave, asked, rest } = world({ known: { id: 'p', version: 4 }, draft: say('a') })
    rest.delay = null
    autosave.adopt({ id: 'p', version: 5 }, say('theirs'))
    autosave.set(say('theirs and hal'))
    await pass(60_000)
    expect(asked).toEqual([])
  })

  it('with nothing written meanwhile, it is saved', () => {
    const { autosave, states } = world({ known: { id: 'p', version: 4 }, draft: say('a') })
    autosave.keepUp({ id: 'p', version: 5 })
    expect([states, autosave.known()]).toEqual([['saved'], { id: 'p', version: 5 }])
  })
})

it('contested by another way, nothing is written until a person chose', async () => {
  const { autosave, asked, states } = world({ known: { id: 'p', version: 4 }, draft: say('a') })
  autosave.set(say('ab'))
  autosave.contest()
  autosave.set(say('abc'))
  await pass(60_000)
  expect([asked, states.at(-1)]).toEqual([[], 'stale'])
})

describe('left', () => {
  it('it saves what waits, once', async () => {
    const { autosave, asked, answer } = world()
    autosave.set(say('a'))
    autosave.leave()
    expect(asked).toEqual([{ text: 'a', key: 'k1' }])
    await answer('offline')
    await pass(60_000)
    expect(asked).toHaveLength(1)
  })

  it('it sends nothing of what goes out at its time, is contested, or is empty', async () => {
    const scheduled = world({ known: { id: 'p', version: 4 }, draft: say('a') }, null)
    scheduled.autosave.set(say('half'))
    scheduled.autosave.leave()
    const contested = world({ known: { id: 'p', version: 4 }, draft: say('a') })
    contested.autosave.set(say('b'))
    contested.autosave.contest()
    contested.autosave.leave()
    const empty = world()
    empty.autosave.set({ ...EMPTY, targets: [{ accountId: 'a' }] })
    empty.autosave.leave()
    await pass(60_000)
    expect([scheduled.asked, contested.asked, empty.asked]).toEqual([[], [], []])
  })
})
