/** How a workspace publishes: where to, when, and how much is left of what platforms allow. */
import { ownRegistrations } from '../../connections/own-registration.ts'
import { MooringError } from '../../error.ts'
import { freeSlots } from '../../publishing/slots.ts'
import { targetsOf } from '../../publishing/targets.ts'
import { isZone } from '../../publishing/times.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-publishing.ts'
import { budgetView, targetView } from '../views-posts.ts'

const tags = ['posts']
const path = '/api/v1/publishing'

const targets = route({
  method: 'get',
  path: `${path}/targets`,
  tags,
  summary: 'The accounts that posts can go to, and what each takes',
  responses: { 200: json(schemas.PublishTargets, 'All of them.') },
})
const settings = route({
  method: 'get',
  path: `${path}/settings`,
  tags,
  summary: 'Zone, weekly slots, and what becomes of what is late',
  responses: { 200: json(schemas.PublishingSettings, 'The settings.') },
})
const change = route({
  method: 'patch',
  path: `${path}/settings`,
  tags,
  summary: 'Change them',
  request: jsonBody(schemas.ChangePublishingSettings),
  responses: { 200: json(schemas.PublishingSettings, 'Changed. What was left out stays.') },
})
const slots = route({
  method: 'get',
  path: `${path}/next-slots`,
  tags,
  summary: 'The coming free slots',
  responses: { 200: json(schemas.NextSlots, 'Soonest first, at most 100.') },
})
const budgets = route({
  method: 'get',
  path: `${path}/budgets`,
  tags,
  summary: 'What is left of the platforms’ limits',
  responses: { 200: json(schemas.Budgets, 'Those that have not passed.') },
})

export function publishingRoutes(app: App, { engine, publishing, pictures }: HttpOptions): void {
  const parts = { engine, pictures }
  app.openapi(targets, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    const found = await targetsOf(publishing, workspace)
    return c.json({ data: found.map((one) => targetView(parts, one)), nextCursor: null }, 200)
  })
  app.openapi(settings, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    return c.json(await engine.store.publishing.get(workspace), 200)
  })
  app.openapi(change, async (c) => {
    const { workspace } = principal(c, 'posts:write')
    const to = c.req.valid('json')
    if (to.zone !== undefined && !isZone(to.zone))
      throw new MooringError('invalid_request', 'That is no time zone. Use a name like Europe/Rome.', {
        fields: [{ path: 'zone', message: 'is no time zone' }],
      })
    await engine.store.publishing.change(workspace, to as never)
    return c.json(await engine.store.publishing.get(workspace), 200)
  })
  app.openapi(slots, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    const free = await freeSlots(publishing, workspace, new Date(engine.runtime.now()), 100)
    return c.json({ data: free.map(({ at, due }) => ({ at, dueAt: due.toISOString() })) }, 200)
  })
  app.openapi(budgets, async (c) => {
    const { workspace } = principal(c, 'posts:read')
    await publishing.budgets.flush()
    const own = (await ownRegistrations(engine, workspace)).map((one) => one.id)
    const ids = [...engine.registrations.filter((one) => one.client).map((one) => one.id), ...own]
    const found = await targetsOf(publishing, workspace)
    const accounts = new Set(found.map((one) => one.account.id))
    const holders = [...accounts, ...new Set(found.map((one) => one.connection.id))]
    const rows = await engine.store.budgets.shown(ids, holders, new Date(engine.runtime.now()))
    return c.json({ data: rows.map((row) => budgetView(parts, row, accounts)), nextCursor: null }, 200)
  })
}
