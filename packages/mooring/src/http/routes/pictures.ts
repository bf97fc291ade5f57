/** Pictures of people and pages, through this server: no page of ours, nor of a host, asks a platform's. */
import { z } from '@hono/zod-openapi'
import type { App, HttpOptions } from '../context.ts'
import { route } from '../route.ts'

/** A day: so long an address stays the same. */
const KEEP_SECONDS = 86_400

const image = { schema: { type: 'string' as const, format: 'binary' } }
const read = route({
  method: 'get',
  path: '/api/v1/pictures/{address}',
  tags: ['pictures'],
  summary: 'A picture of an account or a person',
  description:
    'The address is the `picture` of an account, a candidate or an identity: signed, so that an `<img>` needs no key, and good for a day or two. 404 where it is over, or the platform has the picture no more: show initials.',
  security: [],
  request: {
    params: z.object({
      address: z
        .string()
        .max(4000)
        .openapi({ param: { name: 'address', in: 'path' } }),
    }),
  },
  responses: {
    200: {
      description: 'It.',
      content: {
        'image/png': image,
        'image/jpeg': image,
        'image/gif': image,
        'image/webp': image,
        'image/avif': image,
      },
    },
    304: { description: 'It is the one of `If-None-Match`.' },
  },
})

export function pictureRoutes(app: App, { pictures }: HttpOptions): void {
  app.openapi(read, async (c) => {
    const { bytes, type, etag } = await pictures.read(c.req.valid('param').address)
    const headers = {
      ETag: etag,
      'Cache-Control': `private, max-age=${KEEP_SECONDS}`,
      // Opened by itself it is a picture and nothing else, whatever a browser makes of its bytes.
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'Content-Disposition': 'inline',
    }
    const known = (c.req.header('if-none-match') ?? '').split(/\s*,\s*/).includes(etag)
    return known ? c.body(null, 304, headers) : c.body(bytes, 200, { ...headers, 'Content-Type': type })
  })
}
