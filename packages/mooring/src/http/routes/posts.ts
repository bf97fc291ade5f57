/** Posts: made, changed, scheduled, checked, looked on at. */
import { z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { check } from '../../publishing/check.ts'
import { dryRun } from '../../publishing/dry-run.ts'
import { surroundings } from '../../publishing/look.ts'
import { changePost, createPost, duplicatePost, postOf, schedulePost } from '../../publishing/posts.ts'
import type { WholePost } from '../../store/posts.ts'
import { mayStill, principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-posts.ts'
import { checkView, postView } from '../views-posts.ts'

const tags = ['posts']
const path = '/api/v1/posts'
const one = { tags, path: `${path}/{id}` }
const params = { params: idParam }

const list = route({
  method: 'get',
  path,
  tags,
  summary: 'Posts with what became of them',
  description: 'What is to go out comes soonest first, all else newest first.',
  request: { query: schemas.PostQuery },
  responses: { 200: json(schemas.Posts, 'A page.') },
})
const create = route({
  method: 'post',
  path,
  tags,
  summary: 'Make a post: a draft, now, at a time, or in the next free slot',
  description:
    'Accounts with an error stay behind as `skipped`, the rest goes out; 422 `post_refused` where nothing of it could, or an account is not there. Send an `Idempotency-Key`: whatever is lost on the way, it is made once.',
  request: { ...jsonBody(schemas.NewPost), headers: schemas.IdempotencyHeader },
  responses: { 201: json(schemas.Post, 'Made.') },
})
const validate = route({
  method: 'post',
  path: `${path}/validate`,
  tags,
  summary: 'What stands against it, for each account',
  request: jsonBody(schemas.DraftPost),
  responses: { 200: json(schemas.PostCheck, 'Errors, warnings and lengths as each platform counts them.') },
})
const dry = route({
  method: 'post',
  path: `${path}/dry-run`,
  tags,
  summary: 'The exact requests that would leave',
  description: 'Nothing is sent. Tokens are redacted; what only an answer would tell stands as `<…>`.',
  request: jsonBody(schemas.DraftPost),
  responses: { 200: json(schemas.DryRun, 'By account, in their order.') },
})
const changes = route({
  method: 'get',
  path: `${path}/events`,
  tags,
  summary: 'Posts as they change (server-sent events)',
  description: 'An event `post` with `{"postId"}` for each post that changed. Look at the post for what it is now.',
  responses: {
    200: { description: 'A stream that does not end.', content: { 'text/event-stream': { schema: z.string() } } },
  },
})
const look = route({
  ...one,
  method: 'get',
  summary: 'One post',
  request: params,
  responses: { 200: json(schemas.Post, 'The post.') },
})
const change = route({
  ...one,
  method: 'patch',
  summary: 'Change what it says or where it goes',
  description:
    'Names the version that it began with: 409 `stale_write` where it was changed meanwhile, 409 `post_begun` where some of it has left, 409 `delivery_state` in the moment in which it is being sent.',
  request: { ...params, ...jsonBody(schemas.ChangePost) },
  responses: { 200: json(schemas.Post, 'Changed.') },
})
const remove = route({
  ...one,
  method: 'delete',
  summary: 'Remove a post of which nothing has left',
  request: params,
  responses: { 204: { description: 'Removed.' } },
})
const schedule = route({
  method: 'post',
  path: `${path}/{id}/schedule`,
  tags,
  summary: 'When it goes out, or not any more',
  request: { ...params, ...jsonBody(schemas.SchedulePost), headers: schemas.IdempotencyHeader },
  responses: { 200: json(schemas.Post, 'Scheduled; `draft`: taken back.') },
})
const duplicate = route({
  method: 'post',
  path: `${path}/{id}/duplicate`,
  tags,
  summary: 'The same once more, as a draft',
  request: params,
  responses: { 201: json(schemas.Post, 'The copy.') },
})

/** So that nothing in between takes a silent stream for a dead one, and nobody looks on who may not any more. */
const BEAT_MS = 20_000

export function postRoutes(app: App, options: HttpOptions): void {
  const { engine, publishing, pictures, changes: watched, closing } = options
  const parts = { engine, pictures }
  const view = async (workspace: string, whole: WholePost) =>
    postView(parts, whole, await surroundings(publishing, workspace, whole.deliveries))

  app.openapi(list, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    const { cursor, limit, view: wanted, from, to, accountId } = c.req.valid('query')
    const filter = { view: wanted, from: from && new Date(from), to: to && new Date(to), account: accountId }
    const { rows, nextCursor } = await pageOf(
      limit,
      ({ post }: WholePost) => ({ at: post.due_at ?? post.created_at, id: post.id }),
      (most) => engine.store.posts.page(workspace, filter as never, fromCursor(cursor), most),
    )
    const around = await surroundings(
      publishing,
      workspace,
      rows.flatMap((row) => row.deliveries),
    )
    return c.json({ data: rows.map((row) => postView(parts, row, around)), nextCursor }, 200)
  })
  app.openapi(create, async (c) => {
    const who = principal(c, 'posts:write')
    const body = c.req.valid('json')
    const keyed = keyOf(c.req.valid('header'), 'create', body)
    const made = await createPost(publishing, who.workspace, who.name, body as never, keyed)
    c.set('target', made.post.id)
    return c.json(await view(who.workspace, made), 201)
  })
  app.openapi(validate, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    const { content, targets } = c.req.valid('json')
    return c.json(checkView(await check(publishing, workspace, content as never, targets as never)), 200)
  })
  app.openapi(dry, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    const { content, targets } = c.req.valid('json')
    const { checked, requests } = await dryRun(publishing, workspace, content as never, targets as never)
    return c.json({ ...checkView(checked), requests }, 200)
  })
  // Before `/{id}`, which would take it for an id.
  app.openapi(changes, (c) => {
    const { workspace } = principal(c, 'posts:read')
    return streamSSE(c, async (stream) => {
      const end = watched.watch(workspace, (post) => {
        stream.writeSSE({ event: 'post', data: JSON.stringify({ postId: post }) }).catch(() => {})
      })
      const gone = new AbortController()
      stream.onAbort(() => {
        end()
        gone.abort()
      })
      await stream.writeSSE({ event: 'ready', data: '{}' })
      const ended = AbortSignal.any([gone.signal, closing])
      while (!ended.aborted) {
        await engine.runtime.sleep(BEAT_MS, ended).catch(() => {})
        if (ended.aborted || !(await mayStill(c, options, 'posts:read'))) break
        await stream.write(': still here\n\n')
      }
      end()
    }) as never
  })
  app.openapi(look, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    return c.json(await view(workspace, await postOf(publishing, workspace, c.req.valid('param').id)), 200)
  })
  app.openapi(change, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const changed = await changePost(publishing, workspace, c.req.valid('param').id, c.req.valid('json') as never)
    return c.json(await view(workspace, changed), 200)
  })
  app.openapi(remove, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    await engine.store.posts.remove(workspace, c.req.valid('param').id)
    watched.tell(workspace, c.req.valid('param').id)
    return c.body(null, 204)
  })
  app.openapi(schedule, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const { id } = c.req.valid('param')
    const body = c.req.valid('json')
    const keyed = keyOf(c.req.valid('header'), `schedule ${id}`, body)
    return c.json(await view(workspace, await schedulePost(publishing, workspace, id, body, keyed)), 200)
  })
  app.openapi(duplicate, async (c) => {
    const who = principal(c, 'posts:write')
    const made = await duplicatePost(publishing, who.workspace, c.req.valid('param').id, who.name)
    c.set('target', made.post.id)
    return c.json(await view(who.workspace, made), 201)
  })
}

const keyOf = (headers: { 'idempotency-key'?: string | undefined }, name: string, body: unknown) => {
  const key = headers['idempotency-key']
  return key === undefined ? undefined : { key, route: name, body }
}
