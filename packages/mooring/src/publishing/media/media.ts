/** Files of posts, whole: for the routes, for the daily tidy, and as the publisher needs them (`MediaFiles`). */
import type { Readable } from 'node:stream'
import { MooringError } from '../../error.ts'
import { apiOriginsOf } from '../../provider.ts'
import { isLoopback, type Runtime } from '../../runtime.ts'
import type { MediaRow } from '../../store/media-read.ts'
import type { Store } from '../../store/store.ts'
import type { MediaFiles } from '../publishing.ts'
import { type Addressed, addressOf, holds } from './address.ts'
import { type LinkPreview, linkPreview } from './preview.ts'
import { receive, type Upload } from './receive.ts'
import { type MediaStorage, noFile, type Range } from './storage.ts'
import { removeAll, tidyMedia } from './tidy.ts'
import { previewFile, variantOf } from './variant.ts'

export interface MediaParts {
  runtime: Runtime
  store: Store
  storage: MediaStorage
  maxBytes: number
  previewOrigins: readonly string[]
  /** Forms that are being made in this process. */
  making: Map<string, Promise<MediaRow | undefined>>
  /** When this process last tidied a workspace. */
  tidied: Map<string, number>
}

export interface Media {
  /** As the publisher needs them. */
  files: MediaFiles
  /** Throws as `receive`. */
  receive(workspace: string, by: string, upload: Upload): Promise<MediaRow>
  /** What people brought. */
  page(workspace: string, after: { at: Date; id: string } | undefined, limit: number): Promise<MediaRow[]>
  /** Throws `not_found`. */
  get(workspace: string, id: string): Promise<MediaRow>
  /** A file at its signed address. Throws `not_found`: forged, over, gone, all alike. */
  addressed(shown: Addressed & { signature: string }): Promise<MediaRow>
  /** Its bytes. Whoever does not read them to the end destroys the stream. Throws `not_found`, `storage_unavailable`. */
  open(row: MediaRow, range?: Range): Promise<Readable>
  /** A small picture of a picture; the picture itself where none can be made. Throws `not_found` for any other file. */
  preview(workspace: string, id: string): Promise<MediaRow>
  /** Throws `not_found`, `media_in_use`. */
  remove(workspace: string, id: string): Promise<MediaRow>
  /** Throws `link_unreachable`. */
  link(workspace: string, by: string, url: string): Promise<LinkPreview>
  tidy(workspace: string): Promise<number>
  removeAll(workspace: string): Promise<void>
}

export interface MediaOptions extends Omit<MediaParts, 'making' | 'tidied'> {
  /** Where platforms reach this server. */
  url: string
  /** By every key of the ring; the first is given out. */
  sign: (text: string) => string[]
}

export function createMedia({ url, sign, ...given }: MediaOptions): Media {
  const parts: MediaParts = { ...given, making: new Map(), tidied: new Map() }
  const { runtime, store, storage } = parts

  const get = async (workspace: string, id: string): Promise<MediaRow> => {
    const row = await store.media.get(workspace, id)
    if (row) return row
    throw noFile()
  }

  const files: MediaFiles = {
    read: (workspace, { id }, range) => storage.read(workspace, id, range),
    size: async (workspace, { id }) => Number((await get(workspace, id)).bytes),
    url: (workspace, media) => url + addressOf(workspace, media, runtime.now(), sign),
    fetchable(registration) {
      const played = apiOriginsOf(registration).every((origin) => isLoopback(runtime.platformUrl(origin)))
      return played || (url.startsWith('https:') && !isLoopback(url) && runtime.outside.refuses(url) === undefined)
    },
    variant: (workspace, { id }, fit) => variantOf(parts, workspace, id, fit),
  }

  return {
    files,
    get,
    receive: (workspace, by, upload) => receive(parts, workspace, by, upload),
    page: (workspace, after, limit) => store.media.page(workspace, after, limit),
    async addressed(shown) {
      if (!holds(shown, runtime.now(), sign)) throw noFile()
      return get(shown.workspace, shown.id)
    },
    open: (row, range) => storage.read(row.workspace_id, row.id, range),
    async preview(workspace, id) {
      const row = await get(workspace, id)
      if (row.kind !== 'image' && row.kind !== 'gif') throw noFile()
      return (await previewFile(parts, workspace, id)) ?? row
    },
    async remove(workspace, id) {
      const row = await get(workspace, id)
      const gone = await store.media.remove(workspace, id)
      if (gone === undefined) throw noFile()
      if (gone === 'used')
        throw new MooringError('media_in_use', 'A post that has not gone out uses this file. Take it out there first.')
      for (const one of gone) await storage.remove(workspace, one)
      return row
    },
    link: (workspace, by, raw) => linkPreview(parts, workspace, by, raw),
    tidy: (workspace) => tidyMedia(parts, workspace),
    removeAll: (workspace) => removeAll(parts, workspace),
  }
}
