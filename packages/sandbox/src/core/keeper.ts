import type { StateFile } from './state-file.ts'

/** Soon enough that a kill loses a moment, late enough that a burst of requests is one write. */
const SOON_MS = 50
/** A large state takes long to write: it is written so much more seldom that most of the time is left for requests. */
const REST = 4

export interface Keeper {
  /** Something may have changed, or is about to in this very turn: whether it did is looked at a moment later. */
  touch(): void
  /** Writes what is not written yet, and nothing after that. */
  close(): void
}

export function createKeeper(file: Pick<StateFile, 'write'>, snapshot: () => string): Keeper {
  let written = snapshot()
  let waiting: NodeJS.Timeout | undefined
  let closed = false
  let took = 0
  const save = () => {
    clearTimeout(waiting)
    waiting = undefined
    const began = performance.now()
    const text = snapshot()
    if (text !== written && file.write(text)) written = text
    took = performance.now() - began
  }
  return {
    touch() {
      if (!closed) waiting ??= setTimeout(save, Math.max(SOON_MS, REST * took))
    },
    close() {
      if (!closed) save()
      closed = true
    },
  }
}
