/** The shapes of files in posts, and of links. */
import { z } from '@hono/zod-openapi'
import { text } from './schema-parts.ts'
import { page } from './schemas.ts'

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
export const MediaItems = page(MediaItem, 'MediaItems')

export const NewLinkPreview = z
  .object({
    url: text().trim().min(1).max(2000).openapi({ description: 'Without a scheme, https is meant.' }),
  })
  .openapi('NewLinkPreview')
export const LinkPreview = z
  .object({
    url: z.string(),
    title: z.string().nullable(),
    description: z.string().nullable(),
    image: MediaItem.nullable().openapi({ description: 'Fetched and kept, to be used or replaced.' }),
  })
  .openapi('LinkPreview')
