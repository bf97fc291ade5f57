import { z } from '@hono/zod-openapi'
import { principal } from '../auth.ts'
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

export function providerRoutes(app: App, { engine }: HttpOptions): void {
  const views = () => providerViews(engine.registrations, engine.runtime.now())
  app.openapi(list, (c) => {
    principal(c, 'connections:read')
    return c.json({ data: views(), nextCursor: null }, 200)
  })
  app.openapi(one, (c) => {
    principal(c, 'connections:read')
    const found = views().find((view) => view.id === c.req.valid('param').id)
    if (!found) throw notFound()
    return c.json(found, 200)
  })
}
