import { createContext, useContext } from 'react'
import type { MediaItem, PostCheck, PostContent, PostOverride, PublishTarget } from '../../api.ts'
import type { Taken } from '../../logic/features.ts'
import type { Draft, Scope } from '../../logic/post-content.ts'
import type { Uploads } from './use-uploads.ts'

/** What every part of the composer works on. */
export interface Desk {
  draft: Draft
  /** Whose text is open. */
  scope: Scope
  open: (scope: Scope) => void
  /** What is said there. */
  content: PostContent
  /** Changes what is said there. */
  write: (patch: PostOverride) => void
  /** Changes anything. */
  change: (next: (draft: Draft) => Draft) => void
  /** Every account that there is. */
  targets: readonly PublishTarget[]
  /** Those whose text is open. */
  chosen: readonly PublishTarget[]
  taken: Taken
  media: ReadonlyMap<string, MediaItem>
  keep: (item: MediaItem) => void
  uploads: Uploads
  check: PostCheck | undefined
  /** Why what is written now could not be checked. */
  unchecked: string | undefined
  /** Opens a text and puts the focus where `at` says (`media.0.alt`). */
  jump: (scope: Scope, at: string) => void
  /** The file whose description is open. */
  picked: string | undefined
  pick: (id: string | undefined) => void
  /** Where the browser comes back to after a reconnect. */
  returnTo: string
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('This belongs below <Composer>.')
  return desk
}
