/** A new file: onto the storage as it comes, looked into there, and only then a file of the workspace. */
import { MooringError, unknownFault } from '../../error.ts'
import type { MediaRow } from '../../store/media-read.ts'
import { lookAside } from './aside.ts'
import type { MediaParts } from './media.ts'
import { probe } from './probe.ts'
import { sourceOf } from './source.ts'
import { tallied, tooLarge } from './tally.ts'

export interface Upload {
  bytes: AsyncIterable<Uint8Array>
  /** As its sender calls it. */
  fileName: string
  /** In bytes, where the sender tells it. */
  expected?: number | undefined
}

/**
 * Throws `media_refused`, `body_too_large`, `storage_full`, `storage_unavailable`, and whatever the sender's stream throws:
 * nothing is kept then.
 */
export async function receive(parts: MediaParts, workspace: string, by: string, upload: Upload): Promise<MediaRow> {
  const { runtime, store, storage, maxBytes } = parts
  if (upload.expected !== undefined && upload.expected > maxBytes) throw tooLarge(maxBytes)
  const id = runtime.uuid()
  const fileName = cleaned(upload.fileName)
  const tally = tallied(lookedAt(upload), maxBytes)
  await storage.write(workspace, id, tally.bytes, upload.expected)
  try {
    if (tally.size() === 0) throw new MooringError('media_refused', 'This file is empty.')
    const facts = await probe(sourceOf(storage, workspace, id, tally.size()), fileName)
    const row = await store.media.add(workspace, {
      id,
      kind: facts.kind,
      mime: facts.mime,
      file_name: fileName,
      bytes: tally.size(),
      sha256: tally.sha256(),
      width: facts.width ?? null,
      height: facts.height ?? null,
      duration_ms: facts.durationMs ?? null,
      frames: facts.frames ?? null,
      frames_per_second: facts.framesPerSecond ?? null,
      video_codec: facts.videoCodec ?? null,
      audio_codec: facts.audioCodec ?? null,
      audio_hz: facts.audioHz ?? null,
      moov_first: facts.moovFirst ?? null,
      pages: facts.pages ?? null,
      made_from: null,
      made_as: null,
      created_at: new Date(runtime.now()),
      created_by: by,
    })
    if (row) return row
    throw new MooringError('internal', 'The server made a mistake. Nothing was kept.')
  } catch (error) {
    await storage
      .remove(workspace, id)
      .catch((left: unknown) =>
        runtime.log.warn({ workspace, fault: unknownFault(left) }, 'a file that was refused still lies there'),
      )
    throw error
  }
}

/** So many first bytes tell most kinds. */
const HEAD_BYTES = 4100
/** Shorter ones are here before anybody could be spared the wait. */
const LONG_BYTES = 8 * 1024 ** 2

/** The same bytes. Of a long file the first of them are looked at before the rest is asked for. */
async function* lookedAt({ bytes, fileName, expected = LONG_BYTES }: Upload): AsyncGenerator<Uint8Array> {
  let head: Uint8Array[] | undefined = expected < LONG_BYTES ? undefined : []
  for await (const piece of bytes) {
    if (!head) {
      yield piece
      continue
    }
    head.push(piece)
    const begun = Buffer.concat(head)
    if (begun.length < HEAD_BYTES) continue
    const first = {
      size: HEAD_BYTES,
      read: async (from: number, to: number) => Uint8Array.from(begun.subarray(from, to)),
    }
    await lookAside(first, { what: 'head', fileName })
    head = undefined
    yield begun
  }
  if (head) yield* head
}

/** A name for people: never a path, never a character that shows nothing. */
function cleaned(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const shown = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  return shown.slice(-MOST_NAME).toWellFormed() || 'file'
}
const MOST_NAME = 200
