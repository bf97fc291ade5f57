import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Draft } from './post-content.ts'
import { choiceOf, dropAllUnsaved, dropUnsaved, keepChoice, keepUnsaved, unsavedOf } from './unsaved.ts'

const draft: Draft = { content: { text: 'Half a sen', media: [] }, targets: [{ accountId: 'a' }] }
const words = { known: { id: 'p', version: 3 }, draft }

/** A tab's store: its names are its own keys, as a browser has them. */
class Tab {
  getItem(name: string): string | null {
    return (this as unknown as Record<string, string>)[name] ?? null
  }
  setItem(name: string, value: string) {
    Object.assign(this, { [name]: value })
  }
  removeItem(name: string) {
    delete (this as unknown as Record<string, string>)[name]
  }
}
beforeEach(() => vi.stubGlobal('sessionStorage', new Tab()))
afterEach(() => vi.unstubAllGlobals())

describe('words that are not saved', () => {
  it('are kept by post, and by whose they are', () => {
    keepUnsaved('mara w1', 'p', words)
    keepUnsaved('mara w1', undefined, { draft })
    expect(unsavedOf('mara w1', 'p')).toEqual(words)
    expect(unsavedOf('mara w1', undefined)).toEqual({ draft })
    expect([unsavedOf('mara w2', 'p'), unsavedOf('ben w1', 'p'), unsavedOf('mara w1', 'q')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('are gone once they are saved, and all of them once somebody signs out', () => {
    keepUnsaved('mara w1', 'p', words)
    keepUnsaved('mara w1', 'q', words)
    keepChoice('mara w1', 'q', { how: 'now' })
    sessionStorage.setItem('of the host', 'stays')
    dropUnsaved('mara w1', 'p')
    expect([unsavedOf('mara w1', 'p'), unsavedOf('mara w1', 'q')]).toEqual([undefined, words])
    dropAllUnsaved()
    expect([unsavedOf('mara w1', 'q'), choiceOf('mara w1', 'q')]).toEqual([undefined, undefined])
    expect(sessionStorage.getItem('of the host')).toBe('stays')
  })

  it('live on the page alone where the browser has no store', () => {
    vi.stubGlobal('sessionStorage', undefined)
    keepUnsaved('mara w1', 'p', words)
    dropAllUnsaved()
    expect(unsavedOf('mara w1', 'p')).toBeUndefined()
  })
})
