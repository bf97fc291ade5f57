/** What is known of a file by its bytes. */
import { rasterType } from '../../connections/pictures/raster.ts'
import { isMooringError } from '../../error.ts'
import type { PostMedia } from '../../provider-publishing.ts'
import { lookAside } from './aside.ts'
import { pictureFacts } from './pictures.ts'
import { type Source, unreadable } from './source.ts'

export type Facts = Omit<PostMedia, 'id' | 'fileName' | 'bytes' | 'alt' | 'title'>

/** Throws `media_refused` for what is of no kind that can be posted, or is broken; and as the source. */
export async function probe(source: Source, fileName: string): Promise<Facts> {
  const raster = rasterType(await source.read(0, HEAD))
  const facts =
    raster === undefined
      ? await lookAside(source, { what: 'whole', fileName })
      : { kind: 'image' as const, mime: raster }
  if (facts === undefined) throw unreadable()
  return facts.kind === 'image' ? pictureOf(source, facts.mime) : facts
}
/** Pictures are known by these. */
const HEAD = 16

async function pictureOf(source: Source, mime: string): Promise<Facts> {
  try {
    const facts = await pictureFacts(source)
    // Networks take a GIF that moves as something else than a picture. Where nobody could look, it is thought to move.
    const moves = mime === 'image/gif' && facts?.frames !== 1
    return { kind: moves ? 'gif' : 'image', mime, ...facts }
  } catch (error) {
    // The library's own error: it could not make sense of the bytes.
    throw isMooringError(error) ? error : unreadable()
  }
}
