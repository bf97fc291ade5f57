/** What publishing works with. */
import type { Engine } from '../connections/engine.ts'
import type { Registration } from '../provider.ts'
import type { Fit } from '../provider-publishing.ts'
import type { MediaRow } from '../store/media-read.ts'
import type { Budgets } from './budgets.ts'

/** Files of posts, as publishing needs them. */
export interface MediaFiles {
  /** The bytes from `from` up to and without `to`. Throws `not_found` where the file is gone. */
  read(
    workspace: string,
    media: { id: string },
    range?: { from: number; to: number },
  ): Promise<AsyncIterable<Uint8Array>>
  /** In bytes. Throws as `read`. */
  size(workspace: string, media: { id: string }): Promise<number>
  /** A signed address at which anybody can fetch it for a day. */
  url(workspace: string, media: { id: string; mime?: string }): string
  /** Whether this registration's platform can reach that address. */
  fetchable(registration: Registration): boolean
  /** The same file in another form, made once. Throws `media_refused`. */
  variant(workspace: string, media: { id: string }, fit: Fit): Promise<MediaRow>
}

export interface Publishing {
  engine: Engine
  files: MediaFiles
  budgets: Budgets
  /** Something of this post changed: those who look on at it in this process are told. */
  changed: (workspace: string, post: string) => void
  /** These are due now: a worker of this process, where there is one, begins at once. */
  kick: (workspace: string, deliveries: readonly string[]) => void
}
