/** Webhooks: endpoints of a workspace, and what was told to each. */
import { z } from '@hono/zod-openapi'
import {
  addEndpoint,
  changeEndpoint,
  oneEndpoint,
  removeEndpoint,
  replayDelivery,
  testEndpoint,
} from '../../events/webhook-endpoints.ts'
import type { ShownDelivery } from '../../store/webhook-deliveries.ts'
import type { WebhookRow } from '../../store/webhooks.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { Paging } from '../schemas.ts'
import * as schemas from '../schemas-webhooks.ts'

const tags = ['webhooks']
const path = '/api/v1/webhooks'
const one = { tags, path: `${path}/{id}` }
const params = { params: idParam }

const list = route({
  method: 'get',
  path,
  tags,
  summary: 'Where events are told of',
  responses: { 200: json(schemas.Webhooks, 'The newest first, without their secrets.') },
})
const add = route({
  method: 'post',
  path,
  tags,
  summary: 'Enter an endpoint',
  request: jsonBody(schemas.NewWebhook),
  responses: { 201: json(schemas.CreatedWebhook, 'Entered. The secret is in this answer and nowhere else.') },
})
const look = route({
  ...one,
  method: 'get',
  summary: 'One endpoint',
  request: params,
  responses: { 200: json(schemas.Webhook, 'The endpoint.') },
})
const change = route({
  ...one,
  method: 'patch',
  summary: 'Change, pause or resume an endpoint',
  request: { ...params, ...jsonBody(schemas.ChangeWebhook) },
  responses: { 200: json(schemas.Webhook, 'Changed. What was left out stays.') },
})
const remove = route({
  ...one,
  method: 'delete',
  summary: 'Remove an endpoint',
  request: params,
  responses: { 204: { description: 'Removed, with what waited for it.' } },
})
const test = route({
  method: 'post',
  path: `${path}/{id}/test`,
  tags,
  summary: 'Send a test now',
  request: params,
  responses: { 200: json(schemas.WebhookTest, 'What became of it; `ok` is false when it did not arrive.') },
})
const told = route({
  method: 'get',
  path: `${path}/{id}/deliveries`,
  tags,
  summary: 'What was told there, newest first',
  request: { ...params, query: Paging },
  responses: { 200: json(schemas.WebhookDeliveries, 'A page. Kept for 30 days.') },
})
const replay = route({
  method: 'post',
  path: `${path}/{id}/deliveries/{delivery}/replay`,
  tags,
  summary: 'Send one once more',
  request: {
    params: idParam.extend({
      delivery: z
        .uuid()
        .toLowerCase()
        .openapi({ param: { name: 'delivery', in: 'path' } }),
    }),
  },
  responses: { 200: json(schemas.WebhookDelivery, 'It waits to be sent, with the same `webhook-id`.') },
})

export function webhookRoutes(app: App, { engine }: HttpOptions): void {
  app.openapi(list, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    return c.json({ data: (await engine.store.webhooks.list(workspace)).map(view), nextCursor: null }, 200)
  })
  app.openapi(add, async (c) => {
    const who = principal(c, 'webhooks:write')
    const { row, secret } = await addEndpoint(engine, who.workspace, who.name, c.req.valid('json'))
    c.set('target', row.id)
    c.set('targetLabel', hostOf(row))
    return c.json({ ...view(row), secret }, 201)
  })
  app.openapi(look, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    return c.json(view(await oneEndpoint(engine, workspace, c.req.valid('param').id)), 200)
  })
  app.openapi(change, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    const row = await changeEndpoint(engine, workspace, c.req.valid('param').id, c.req.valid('json'))
    c.set('targetLabel', hostOf(row))
    return c.json(view(row), 200)
  })
  app.openapi(remove, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    c.set('targetLabel', hostOf(await removeEndpoint(engine, workspace, c.req.valid('param').id)))
    return c.body(null, 204)
  })
  app.openapi(test, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    const { status, fault } = await testEndpoint(engine, workspace, c.req.valid('param').id)
    return c.json({ ok: fault === null, status, fault }, 200)
  })
  app.openapi(told, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    const { id } = await oneEndpoint(engine, workspace, c.req.valid('param').id)
    const { cursor, limit } = c.req.valid('query')
    const { rows, nextCursor } = await pageOf(
      limit,
      (row: ShownDelivery) => ({ at: row.created_at, id: row.id }),
      (most) => engine.store.webhooks.deliveries(workspace, id, fromCursor(cursor), most),
    )
    return c.json({ data: rows.map(deliveryView), nextCursor }, 200)
  })
  app.openapi(replay, async (c) => {
    const { workspace } = principal(c, 'webhooks:write')
    const { id, delivery } = c.req.valid('param')
    return c.json(deliveryView(await replayDelivery(engine, workspace, id, delivery)), 200)
  })
  app.openAPIRegistry.registerWebhook({
    method: 'post',
    path: 'event',
    summary: 'What arrives at an endpoint, signed as Standard Webhooks has it',
    security: [],
    request: jsonBody(schemas.WebhookMessage),
    responses: { 200: { description: 'Any 2xx: it arrived. 410: nothing more is sent.' } },
  })
}

/** An address may hold a secret in its path. */
const hostOf = ({ url }: WebhookRow): string => new URL(url).host
const time = (at: Date | null): string | null => at?.toISOString() ?? null

const view = (row: WebhookRow) => ({
  id: row.id,
  url: row.url,
  events: row.events,
  state:
    row.paused_at !== null
      ? ('paused' as const)
      : row.failing_since !== null
        ? ('failing' as const)
        : ('active' as const),
  failingSince: time(row.failing_since),
  pausedAt: time(row.paused_at),
  pausedWhy: row.paused_why,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
})

const deliveryView = (row: ShownDelivery) => ({
  id: row.id,
  eventId: row.event_id,
  type: row.type,
  state: row.state,
  tries: row.tries,
  status: row.last_status,
  fault: row.last_fault,
  createdAt: row.created_at.toISOString(),
  lastTriedAt: time(row.last_tried_at),
  nextTryAt: time(row.due_at),
})
