/** API keys of the instance. A key can make no key that may do more than itself. */
import { requireScope } from '../../access/principal.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { notFound } from '../problem.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { ApiKey, ApiKeys, ChangeApiKey, CreateApiKey, CreatedApiKey } from '../schemas.ts'
import { apiKeyView } from '../views.ts'

const tags = ['api keys']
const list = route({
  method: 'get',
  path: '/api/v1/api-keys',
  tags,
  summary: 'All keys',
  responses: { 200: json(ApiKeys, 'Every key, without the key.') },
})
const make = route({
  method: 'post',
  path: '/api/v1/api-keys',
  tags,
  summary: 'Make a key',
  request: jsonBody(CreateApiKey),
  responses: { 201: json(CreatedApiKey, 'The key is in this answer and nowhere else.') },
})
const change = route({
  method: 'patch',
  path: '/api/v1/api-keys/{id}',
  tags,
  summary: 'Rename a key',
  request: { params: idParam, ...jsonBody(ChangeApiKey) },
  responses: { 200: json(ApiKey, 'Renamed. What it may do cannot be changed: make another.') },
})
const end = route({
  method: 'delete',
  path: '/api/v1/api-keys/{id}',
  tags,
  summary: 'Revoke a key',
  request: { params: idParam },
  responses: { 204: { description: 'Revoked. Other processes forget it within five seconds.' } },
})

export function apiKeyRoutes(app: App, { engine, keys }: HttpOptions): void {
  app.openapi(list, async (c) => {
    principal(c, 'keys:write')
    return c.json({ data: (await engine.store.access.keys()).map(apiKeyView), nextCursor: null }, 200)
  })
  app.openapi(make, async (c) => {
    const who = principal(c, 'keys:write')
    const { name, scopes, workspaceId, expiresAt } = c.req.valid('json')
    if (who.kind === 'key') for (const scope of scopes) requireScope(who, scope)
    const ends = expiresAt === null ? null : new Date(expiresAt)
    const { row, key } = await keys.create({
      name,
      scopes,
      workspace: workspaceId,
      expiresAt: ends,
      createdBy: who.name,
    })
    c.header('Cache-Control', 'no-store')
    c.set('target', row.id)
    c.set('targetLabel', row.name)
    return c.json({ ...apiKeyView(row), key }, 201)
  })
  app.openapi(change, async (c) => {
    principal(c, 'keys:write')
    const row = await keys.rename(c.req.valid('param').id, c.req.valid('json').name)
    if (!row) throw notFound()
    c.set('targetLabel', row.name)
    return c.json(apiKeyView(row), 200)
  })
  app.openapi(end, async (c) => {
    principal(c, 'keys:write')
    const { id } = c.req.valid('param')
    c.set('targetLabel', (await engine.store.access.keys()).find((one) => one.id === id)?.name)
    if (!(await keys.remove(id))) throw notFound()
    return c.body(null, 204)
  })
}
