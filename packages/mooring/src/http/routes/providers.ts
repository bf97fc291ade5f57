import { z } from '@hono/zod-openapi'
import type { Principal } from '../../access/principal.ts'
import { ownRegistrations } from '../../connections/own-registration.ts'
import { providersOf } from '../../flows/connect-session.ts'
import { principalOrSession } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { notFound } from '../problem.ts'
import { json, route } from '../route.ts'
import { Provider, Providers } from '../schemas.ts'
import { providerViews } from '../views.ts'

const tags = ['providers']
const list = route({
  method: 'get',
  path: '/api/v1/providers',
  tags,
  summary: 'All providers, set up or not',
  responses: { 200: json(Providers, 'Every provider.') },
})
const one = route({
  method: 'get',
  path: '/api/v1/providers/{id}',
  tags,
  summary: 'One provider',
  request: { params: z.object({ id: z.string().max(60) }) },
  responses: { 200: json(Provider, 'The provider.') },
})

export function providerRoutes(app: App, { engine, baseUrl }: HttpOptions): void {
  const below = new URL(baseUrl).pathname.replace(/\/$/, '')
  /** A connect session sees what it may connect. */
  const views = async (who: Principal) => {
    // The server's own are told though the database is away.
    const own = await ownRegistrations(engine, who.workspace).catch(() => [])
    const all = providerViews([...own, ...engine.registrations], engine.runtime.now(), below)
    if (who.kind === 'connect-link') return all.filter((one) => one.id === who.provider)
    if (who.kind !== 'connect-session') return all
    const allowed = await providersOf(engine, who.workspace, who.providers)
    return all.filter((one) => allowed.includes(one.id))
  }
  app.openapi(list, async (c) => {
    const who = principalOrSession(c, 'connections:read')
    return c.json({ data: await views(who), nextCursor: null }, 200)
  })
  app.openapi(one, async (c) => {
    const who = principalOrSession(c, 'connections:read')
    const found = (await views(who)).find((view) => view.id === c.req.valid('param').id)
    if (!found) throw notFound()
    return c.json(found, 200)
  })
}
