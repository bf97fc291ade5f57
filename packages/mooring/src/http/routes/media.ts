/** Files of posts, and the cards of links. */
import { z } from '@hono/zod-openapi'
import type { MediaRow } from '../../store/media-read.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { fileAnswer } from '../media-answer.ts'
import { uploadOf } from '../media-upload.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { Paging } from '../schemas.ts'
import * as schemas from '../schemas-media.ts'
import { mediaView } from '../views-posts.ts'

const tags = ['media']
export const MEDIA = '/api/v1/media'
const one = { tags, path: `${MEDIA}/{id}` }
const params = { params: idParam }
/** A file never changes; who may see it does. */
const KEEP_SECONDS = 3600

const binary = { schema: { type: 'string' as const, format: 'binary' } }
const answers = {
  200: { description: 'It.', content: { 'application/octet-stream': binary } },
  206: { description: 'The part that `Range` asks for.', content: { 'application/octet-stream': binary } },
  304: { description: 'It is the one of `If-None-Match`.' },
}

/** Described alone: its body is no JSON, and is read as it comes. */
const upload = route({
  method: 'post',
  path: MEDIA,
  tags,
  summary: 'Upload a file',
  description:
    'The body is the file, of any length up to the server’s limit (2 GB), with its name percent-encoded in `X-File-Name`; or a form with one file. What it is is found out from its bytes. 422 `media_refused`: no network takes such a file.',
  request: {
    headers: z.object({
      'X-File-Name': z.string().optional().openapi({ description: 'Percent-encoded.', example: 'B%C3%BCro.jpg' }),
    }),
    body: { required: true, content: { 'application/octet-stream': binary, 'multipart/form-data': binary } },
  },
  responses: { 201: json(schemas.MediaItem, 'Kept.') },
})
const list = route({
  method: 'get',
  path: MEDIA,
  tags,
  summary: 'Files, the newest first',
  request: { query: Paging },
  responses: { 200: json(schemas.MediaItems, 'A page.') },
})
const look = route({
  ...one,
  method: 'get',
  summary: 'One file',
  request: params,
  responses: { 200: json(schemas.MediaItem, 'What is known of it.') },
})
const content = route({
  ...one,
  path: `${MEDIA}/{id}/content`,
  method: 'get',
  summary: 'The file itself',
  request: params,
  responses: answers,
})
const preview = route({
  ...one,
  path: `${MEDIA}/{id}/preview`,
  method: 'get',
  summary: 'A small picture of a picture',
  description: '404 for what is no picture.',
  request: params,
  responses: answers,
})
const remove = route({
  ...one,
  method: 'delete',
  summary: 'Remove a file',
  description: '409 `media_in_use` while a post that has not gone out uses it.',
  request: params,
  responses: { 204: { description: 'Removed, with what was made of it.' } },
})
const link = route({
  method: 'post',
  path: '/api/v1/links/preview',
  tags,
  summary: 'The card of a link',
  description:
    'Reads the page, up to three redirects on, at public addresses alone. Nothing of it is a must: every part of a card can be changed in the post.',
  request: jsonBody(schemas.NewLinkPreview),
  responses: { 200: json(schemas.LinkPreview, 'What the page says of itself.') },
})

export function mediaRoutes(app: App, { media }: HttpOptions): void {
  app.openAPIRegistry.registerPath(upload)
  app.post(MEDIA, async (c) => {
    const who = principal(c, 'posts:write')
    const row = await media.receive(who.workspace, who.name, await uploadOf(c.req.raw))
    c.set('target', row.id)
    c.set('targetLabel', row.file_name)
    return c.json(mediaView(row), 201)
  })
  app.openapi(list, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    const { cursor, limit } = c.req.valid('query')
    const place = (row: MediaRow) => ({ at: row.created_at, id: row.id })
    const { rows, nextCursor } = await pageOf(limit, place, (most) => media.page(workspace, fromCursor(cursor), most))
    return c.json({ data: rows.map(mediaView), nextCursor }, 200)
  })
  app.openapi(look, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    return c.json(mediaView(await media.get(workspace, c.req.valid('param').id)), 200)
  })
  app.openapi(content, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    return fileAnswer(c, media, await media.get(workspace, c.req.valid('param').id), KEEP_SECONDS)
  })
  app.openapi(preview, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    return fileAnswer(c, media, await media.preview(workspace, c.req.valid('param').id), KEEP_SECONDS)
  })
  app.openapi(remove, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const row = await media.remove(workspace, c.req.valid('param').id)
    c.set('targetLabel', row.file_name)
    return c.body(null, 204)
  })
  app.openapi(link, async (c) => {
    const { workspace, name } = principal(c, 'posts:write')
    const { image, ...card } = await media.link(workspace, name, c.req.valid('json').url)
    return c.json({ ...card, image: image && mediaView(image) }, 200)
  })
}

/** Where platforms fetch files: no sign-in, the address says it all. */
export function publicMediaRoutes(app: App, { media }: HttpOptions): void {
  app.get('/media/:workspace/:id/:expires/:signature/:name', async (c) => {
    const { workspace, id, expires, signature } = c.req.param()
    return fileAnswer(c, media, await media.addressed({ workspace, id, expires, signature }), KEEP_SECONDS)
  })
}
