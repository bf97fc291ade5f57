/** Keeps a draft on the server while somebody writes: one write at a time, the newest words last, and never two drafts of one. */
import { type Draft, isEmpty } from './post-content.ts'

/** What the server has: a change names the version that it began with. */
export interface Known {
  id: string
  version: number
}

export type SaveState =
  | { is: 'clean' }
  | { is: 'waiting' }
  | { is: 'saving' }
  | { is: 'saved'; at: number }
  | { is: 'failed'; error: unknown }
  /** Somebody else changed it meanwhile: nothing is saved until a person chose. */
  | { is: 'stale' }

export interface AutosaveOptions {
  /** The same key with the same draft makes one post, however often it is sent. */
  create(draft: Draft, key: string): Promise<Known>
  change(known: Known, draft: Draft): Promise<Known>
  onState(state: SaveState): void
  newKey(): string
  now(): number
  isStale(error: unknown): boolean
  /** Worth another try by itself: no answer came, or a fault of the server. */
  isPassing(error: unknown): boolean
  /** Ms of rest before words are sent; null: as things stand now they are sent by `flush` alone. */
  delay(): number | null
  /** Ms before another try by itself. */
  again: number
}

export interface Autosave {
  /** The newest words. */
  set(draft: Draft): void
  /** Saves now; throws what stands against it. */
  flush(): Promise<Known>
  known(): Known | undefined
  /** There are words that the server does not have. */
  unsaved(): boolean
  /** The server has this now, by another way. */
  adopt(known: Known | undefined, draft: Draft): void
  /** The server says the same under another version; what was written meanwhile stays newer. */
  keepUp(known: Known): void
  /** Somebody else changed it, as another way showed. */
  contest(): void
  /** Nobody writes any more: what may be saved by itself is saved now, and tried once. */
  leave(): void
}

export function createAutosave(options: AutosaveOptions, start: { known?: Known | undefined; draft: Draft }): Autosave {
  let { known } = start
  let wanted = start.draft
  let saved = start.draft
  /** A draft that may have been made though no answer came: it is sent as it was, under its key, until one comes. */
  let making: { key: string; draft: Draft } | undefined
  let running: Promise<Known> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let stale = false
  let left = false
  /** Answers that come after an adoption are of another draft. */
  let epoch = 0

  const dirty = () => wanted !== saved && JSON.stringify(wanted) !== JSON.stringify(saved)

  function ask(): { draft: Draft; answer: Promise<Known> } {
    if (known) return { draft: wanted, answer: options.change(known, wanted) }
    making ??= { key: options.newKey(), draft: wanted }
    return { draft: making.draft, answer: options.create(making.draft, making.key) }
  }

  async function write(): Promise<Known> {
    const began = epoch
    const asked = ask()
    const answer = await asked.answer
    if (began !== epoch) return known ?? answer
    making = undefined
    saved = asked.draft
    known = answer
    return answer
  }

  async function run(): Promise<Known> {
    options.onState({ is: 'saving' })
    try {
      let answer = await write()
      while (dirty()) answer = await write()
      options.onState({ is: 'saved', at: options.now() })
      return answer
    } catch (error) {
      stale = options.isStale(error)
      const passing = options.isPassing(error)
      // A refusal is an answer: no draft was made under this key.
      if (!passing) making = undefined
      options.onState(stale ? { is: 'stale' } : { is: 'failed', error })
      if (passing && !left && options.delay() !== null) later(options.again)
      throw error
    } finally {
      running = undefined
    }
  }

  const begin = (): Promise<Known> => {
    clearTimeout(timer)
    running ??= run()
    return running
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void begin().catch(() => {}), ms)
  }

  const wait = () => {
    const delay = options.delay()
    options.onState({ is: 'waiting' })
    if (delay !== null) later(delay)
  }
  const worth = () => dirty() && !(known === undefined && isEmpty(wanted))

  return {
    set(draft) {
      wanted = draft
      left = false
      if (running || stale || !worth()) return
      wait()
    },
    async flush() {
      if (running) await running
      if (known && !dirty()) return known
      return begin()
    },
    known: () => known,
    unsaved: worth,
    adopt(next, draft) {
      clearTimeout(timer)
      epoch += 1
      known = next
      wanted = saved = draft
      making = undefined
      stale = false
      options.onState({ is: next ? 'saved' : 'clean', at: options.now() } as SaveState)
    },
    keepUp(next) {
      clearTimeout(timer)
      known = next
      stale = false
      if (dirty()) wait()
      else options.onState({ is: 'saved', at: options.now() })
    },
    contest() {
      clearTimeout(timer)
      stale = true
      options.onState({ is: 'stale' })
    },
    leave() {
      clearTimeout(timer)
      left = true
      if (!stale && worth() && options.delay() !== null) void begin().catch(() => {})
    },
  }
}
