/** Deliveries: what became of a post at one account, and what a person does about it. */
import * as deeds from '../../publishing/deeds.ts'
import { surroundings } from '../../publishing/look.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-posts.ts'
import { deliveryView, detailView } from '../views-posts.ts'

const tags = ['posts']
const path = '/api/v1/deliveries'
const params = { params: idParam }
const deed = (name: string, summary: string, description: string) =>
  ({
    method: 'post',
    path: `${path}/{id}/${name}`,
    tags,
    summary,
    request: params,
    responses: { 200: json(schemas.Delivery, description) },
  }) as const

const look = route({
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'One delivery with its attempts',
  request: params,
  responses: { 200: json(schemas.DeliveryDetail, 'What was tried, when, and what the platform said.') },
})
const retry = route(deed('retry', 'Send it again', 'It is due now; 409 `delivery_state` where it cannot be.'))
const confirm = route({
  ...deed('confirm', 'Say what became of an unknown one', ''),
  request: { ...params, ...jsonBody(schemas.Confirmation) },
  responses: { 200: json(schemas.Delivery, '`live`: it is published. Not: it is sent again.') },
})
const cancel = route(deed('cancel', 'It is not to go out', 'Cancelled.'))
const remove = route(deed('remove', 'Take it away at the platform', 'It is gone there.'))

export function deliveryRoutes(app: App, { engine, publishing, pictures, development }: HttpOptions): void {
  const parts = { engine, pictures }
  const view = async (workspace: string, id: string) => {
    const { delivery } = await deeds.deliveryOf(publishing, workspace, id)
    return deliveryView(parts, delivery, await surroundings(publishing, workspace, [delivery]))
  }
  app.openapi(look, async (c) => {
    const who = principal(c, 'posts:read')
    const detail = await deeds.deliveryOf(publishing, who.workspace, c.req.valid('param').id)
    const around = await surroundings(publishing, who.workspace, [detail.delivery])
    return c.json(detailView(parts, detail, around, development || who.kind === 'key'), 200)
  })
  app.openapi(retry, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const { id } = c.req.valid('param')
    await deeds.retry(publishing, workspace, id)
    return c.json(await view(workspace, id), 200)
  })
  app.openapi(confirm, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const { id } = c.req.valid('param')
    const seen = c.req.valid('json')
    await (seen.live
      ? deeds.confirmLive(publishing, workspace, id, seen.url)
      : deeds.confirmAbsent(publishing, workspace, id))
    return c.json(await view(workspace, id), 200)
  })
  app.openapi(cancel, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const { id } = c.req.valid('param')
    await deeds.cancel(publishing, workspace, id)
    return c.json(await view(workspace, id), 200)
  })
  app.openapi(remove, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const { id } = c.req.valid('param')
    await deeds.takeDown(publishing, workspace, id)
    return c.json(await view(workspace, id), 200)
  })
}
