/** A file in another form: made once, kept beside the one that it was made of, and gone with it. */
import { createHash } from 'node:crypto'
import { MooringError } from '../../error.ts'
import type { Fit } from '../../provider-publishing.ts'
import type { MediaRow } from '../../store/media-read.ts'
import { endingOf } from './address.ts'
import type { MediaParts } from './media.ts'
import { fittedTo, type Made, previewOf } from './pictures.ts'
import { type Source, sourceOf, unreadable } from './source.ts'

/** By what it must be, and not why. */
const nameOf = ({ mime, maxWidth, maxHeight, maxBytes }: Fit): string =>
  [mime, maxWidth ?? '', maxHeight ?? '', maxBytes ?? ''].join(' ')

/** Throws `not_found`, `media_refused` for what is no picture or cannot be made so, and as the storage. */
export async function variantOf(parts: MediaParts, workspace: string, id: string, fit: Fit): Promise<MediaRow> {
  const made = await once(parts, workspace, id, nameOf(fit), (source) => fittedTo(source, fit))
  if (made) return made
  throw new MooringError('media_refused', fit.why)
}

/** Undefined: there is none of such a file, or nobody here can make one. Throws as `variantOf`. */
export const previewFile = (parts: MediaParts, workspace: string, id: string): Promise<MediaRow | undefined> =>
  once(parts, workspace, id, 'preview', previewOf)

async function once(
  parts: MediaParts,
  workspace: string,
  id: string,
  as: string,
  make: (source: Source) => Promise<Made | undefined>,
): Promise<MediaRow | undefined> {
  const { store } = parts
  const there = await store.media.variant(workspace, id, as)
  if (there) return there
  const key = `${workspace} ${id} ${as}`
  const begun = parts.making.get(key) ?? makeOne(parts, workspace, id, as, make).finally(() => parts.making.delete(key))
  parts.making.set(key, begun)
  return begun
}

async function makeOne(
  { store, storage, runtime }: MediaParts,
  workspace: string,
  id: string,
  as: string,
  make: (source: Source) => Promise<Made | undefined>,
): Promise<MediaRow | undefined> {
  const of = await store.media.get(workspace, id)
  if (!of) throw new MooringError('not_found', 'There is no such file.')
  if (of.kind !== 'image' && of.kind !== 'gif')
    throw new MooringError('media_refused', 'Only pictures can be converted. Use another file.')
  const made = await make(sourceOf(storage, workspace, id, Number(of.bytes))).catch((error: unknown) => {
    throw error instanceof MooringError ? error : unreadable()
  })
  if (!made) return undefined
  const own = runtime.uuid()
  await storage.write(workspace, own, pieces(made.bytes), made.bytes.length)
  const row = await store.media.add(workspace, {
    id: own,
    kind: 'image',
    mime: made.mime,
    file_name: `${of.file_name.replace(/\.\w{1,8}$/, '')}.${endingOf(made.mime)}`,
    bytes: made.bytes.length,
    sha256: createHash('sha256').update(made.bytes).digest('hex'),
    width: made.width,
    height: made.height,
    duration_ms: null,
    frames: 1,
    frames_per_second: null,
    video_codec: null,
    audio_codec: null,
    audio_hz: null,
    moov_first: null,
    pages: null,
    made_from: id,
    made_as: as,
    created_at: new Date(runtime.now()),
    created_by: of.created_by,
  })
  if (row) return row
  // Another process was first.
  await storage.remove(workspace, own)
  return store.media.variant(workspace, id, as)
}

async function* pieces(bytes: Uint8Array) {
  yield bytes
}
