/** Where the bytes of files lie: under a workspace's id and their own, and under no name that anybody typed. */
import type { Readable } from 'node:stream'
import { MooringError } from '../../error.ts'

/** From `from` up to and without `to`. */
export interface Range {
  from: number
  to: number
}

export interface MediaStorage {
  /**
   * Takes all of it, or keeps nothing: whatever `bytes` throws is thrown. Throws `storage_full`, `storage_unavailable`.
   * `expected`, in bytes, where the sender tells it.
   */
  write(workspace: string, id: string, bytes: AsyncIterable<Uint8Array>, expected?: number): Promise<void>
  /** Throws `not_found`, `storage_unavailable`. Whoever does not read it to its end destroys it. */
  read(workspace: string, id: string, range?: Range): Promise<Readable>
  /** What is not there is gone already. Throws `storage_unavailable`. */
  remove(workspace: string, id: string): Promise<void>
  /** Everything of a workspace, with what was left half-written. */
  list(workspace: string): AsyncIterable<Kept>
}

export interface Kept {
  id: string
  /** Since when, in ms since 1970, by the storage's clock. */
  at: number
}

export const noFile = () => new MooringError('not_found', 'This file is not here any more.')
export const full = (detail: string) =>
  new MooringError('storage_full', 'There is no room left for files on this server. Nothing was kept.', { detail })
export const away = (detail: string) =>
  new MooringError(
    'storage_unavailable',
    'The server cannot reach its files. Nothing was lost, try again in a moment.',
    {
      detail,
      retryAfter: 5,
    },
  )

/** Of a server that nobody gave a place for files. */
export const nowhere: MediaStorage = {
  write: () => Promise.reject(noPlace()),
  read: () => Promise.reject(noPlace()),
  remove: () => Promise.reject(noPlace()),
  async *list() {},
}

const noPlace = () =>
  new MooringError('config_invalid', 'This server has no place for files yet. Tell whoever runs it.', {
    detail: 'Set MOORING_MEDIA_DIR to a folder that every process shares, or MOORING_S3_BUCKET and its siblings.',
  })
