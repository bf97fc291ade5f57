import { z } from 'zod'
import { type Book, emptyBook } from './book.ts'
import { commentSchema, containerSchema, mediaSchema } from './container.ts'

/** What is known of containers and media after a restart: all but the bytes, and uploads that were under way. */
export const keptBook = z.strictObject({
  serial: z.number().int().nonnegative(),
  containers: z.array(containerSchema),
  media: z.array(mediaSchema),
  comments: z.array(commentSchema),
})

export type KeptBook = z.output<typeof keptBook>

export const keepBook = ({ serial, containers, media, comments }: Book): KeptBook => ({
  serial,
  containers: [...containers.values()],
  media: [...media.values()],
  comments: [...comments.values()],
})

export const byId = <One extends { id: string }>(all: readonly One[]): Map<string, One> =>
  new Map(all.map((one) => [one.id, one]))

/** Absent in a file that is older than publishing. */
export const restoredBook = (kept: KeptBook | undefined): Book =>
  kept
    ? {
        ...emptyBook(),
        ...{
          serial: kept.serial,
          containers: byId(kept.containers),
          media: byId(kept.media),
          comments: byId(kept.comments),
        },
      }
    : emptyBook()
