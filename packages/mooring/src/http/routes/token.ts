/** The live token of a connection: for API keys that may read tokens, and for nobody else. */
import type { z } from '@hono/zod-openapi'
import { getAccessToken } from '../../connections/access-token.ts'
import { getAccountToken } from '../../connections/account-tokens.ts'
import { knownAs } from '../../connections/engine.ts'
import type { LiveToken } from '../../connections/open-token.ts'
import { requireTokens } from '../../connections/seat-context.ts'
import { isMooringError } from '../../error.ts'
import { idIn } from '../audited.ts'
import { addressOf, principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { quickJson } from '../envelope.ts'
import { idParam, json, route } from '../route.ts'
import { AccountToken, Token } from '../schemas.ts'

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

const readAccount = route({
  method: 'get',
  path: '/api/v1/accounts/{id}/token',
  tags: ['accounts'],
  summary: 'A live access token for one account',
  security: [{ apiKey: [] }],
  description:
    "The account's own token where the platform gives each one (a Facebook Page's), else its connection's. Needs an API key with `tokens:read`.",
  request: { params: idParam },
  responses: { 200: json(AccountToken, 'The token.') },
})

/** The hottest route: in the API's document like any other, but without its validation. An id that is no UUID is `not_found` by the store. */
export function tokenRoutes(app: App, options: HttpOptions): void {
  const { engine, audit } = options
  app.openapi(readAccount, async (c) => {
    const who = principal(c, 'tokens:read')
    const id = c.req.valid('param').id.toLowerCase()
    const read = { workspace: who.workspace, action: 'token.read', actor: who, address: addressOf(c, options) }
    const token = await getAccountToken(engine, who.workspace, id).catch((error: unknown) => {
      if (isMooringError(error) && error.code === 'not_found')
        audit.count({ ...read, connection: idIn(id), refused: error.code })
      throw error
    })
    requireTokens(knownAs(engine, token.registration))
    audit.count({ ...read, connection: token.connection })
    c.header('cache-control', 'no-store')
    return c.json({ accountId: id, ...tokenView(token.connection, token) }, 200)
  })
  app.openAPIRegistry.registerPath(read)
  app.get(read.getRoutingPath(), async (c) => {
    const who = principal(c, 'tokens:read')
    const id = c.req.param('id').toLowerCase()
    const read = {
      workspace: who.workspace,
      action: 'token.read',
      actor: who,
      connection: id,
      address: addressOf(c, options),
    }
    const token = await getAccessToken(engine, who.workspace, id).catch((error: unknown) => {
      // A key that asks for what is not its own is seen doing it.
      if (isMooringError(error) && error.code === 'not_found')
        audit.count({ ...read, connection: idIn(id), refused: error.code })
      throw error
    })
    requireTokens(knownAs(engine, token.registration))
    audit.count(read)
    return quickJson(c, tokenView(id, token))
  })
}

const tokenView = (connectionId: string, token: LiveToken): z.infer<typeof Token> => ({
  connectionId,
  accessToken: token.accessToken,
  tokenType: 'Bearer',
  expiresAt: token.expiresAt === null ? null : token.expiresAt.toISOString(),
  scopes: token.scopes,
})
