/** Words that the server does not have yet, kept in this browser tab: they outlast a session that ends, and a page that is loaded anew. */
import type { Known } from './autosave.ts'
import type { Choice } from './compose-words.ts'
import type { Draft } from './post-content.ts'

export interface Unsaved {
  /** What the server had when they were written. */
  known?: Known | undefined
  draft: Draft
}

const PREFIX = 'mooring-composer'
const nameOf = (what: 'words' | 'time', whose: string, postId: string | undefined) =>
  `${PREFIX} ${what} ${whose} ${postId ?? 'new'}`

/** `whose`: the person and where they act. Without a post's id it is of the new one. */
export const keepUnsaved = (whose: string, postId: string | undefined, words: Unsaved): void =>
  set(nameOf('words', whose, postId), words)
export const unsavedOf = (whose: string, postId: string | undefined): Unsaved | undefined =>
  get(nameOf('words', whose, postId))
export const dropUnsaved = (whose: string, postId: string | undefined): void => drop(nameOf('words', whose, postId))

/** When a draft is to go out, as somebody chose: the server keeps no time of a draft. */
export const keepChoice = (whose: string, postId: string, choice: Choice): void =>
  set(nameOf('time', whose, postId), choice)
export const choiceOf = (whose: string, postId: string): Choice | undefined => get(nameOf('time', whose, postId))

/** Nobody who comes after on this tab finds them. */
export function dropAllUnsaved(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(`${PREFIX} `)) sessionStorage.removeItem(name)
  } catch {}
}

// A browser may forbid its store, or have it full: what is written then lives on the page alone.
function set(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch {}
}

function get<T>(name: string): T | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(name) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

function drop(name: string): void {
  try {
    sessionStorage.removeItem(name)
  } catch {}
}
