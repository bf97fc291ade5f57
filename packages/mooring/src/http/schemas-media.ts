/** The shapes of files in posts. */
import { z } from '@hono/zod-openapi'

export const MediaItem = z
  .object({
    id: z.uuid(),
    kind: z.enum(['image', 'gif', 'video', 'document']),
    mime: z.string(),
    fileName: z.string(),
    bytes: z.number().int(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    durationMs: z.number().int().nullable(),
    pages: z.number().int().nullable(),
    url: z.string().openapi({ description: 'A path of this server, for whoever may see posts.' }),
    preview: z.string().nullable().openapi({ description: 'A smaller picture of it.' }),
    createdAt: z.iso.datetime(),
  })
  .openapi('MediaItem')
