/** The live token of a connection: for API keys that may read tokens, and for nobody else. */
import type { z } from '@hono/zod-openapi'
import { getAccessToken } from '../../connections/access-token.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { quickJson } from '../envelope.ts'
import { idParam, json, route } from '../route.ts'
import { Token } from '../schemas.ts'

const read = route({
  method: 'get',
  path: '/api/v1/connections/{id}/token',
  tags: ['connections'],
  summary: 'A live access token',
  security: [{ apiKey: [] }],
  description: 'Renewed first when its end is near. Needs an API key with `tokens:read`.',
  request: { params: idParam },
  responses: { 200: json(Token, 'The token.') },
})

/** The hottest route: in the API's document like any other, but without its validation. An id that is no UUID is `not_found` by the store. */
export function tokenRoutes(app: App, { engine, audit }: HttpOptions): void {
  app.openAPIRegistry.registerPath(read)
  app.get(read.getRoutingPath(), async (c) => {
    const who = principal(c, 'tokens:read')
    const id = c.req.param('id').toLowerCase()
    const token = await getAccessToken(engine, who.workspace, id)
    audit.count(who.workspace, 'token.read', who, id)
    return quickJson(c, {
      connectionId: id,
      accessToken: token.accessToken,
      tokenType: 'Bearer',
      expiresAt: token.expiresAt === null ? null : token.expiresAt.toISOString(),
      scopes: token.scopes,
    } satisfies z.infer<typeof Token>)
  })
}
