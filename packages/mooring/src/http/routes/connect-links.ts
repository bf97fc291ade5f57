/** Links that an agency sends to a client: made, listed, withdrawn; and opened by the client. */
import type { z } from '@hono/zod-openapi'
import { linkOfToken, linkState, makeLink } from '../../flows/connect-link.ts'
import type { ConnectLinkRow } from '../../store/connect-links.ts'
import { bearerOf, noKey, principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { askerOf } from '../credentials-view.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { notFound } from '../problem.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { Paging } from '../schemas.ts'
import {
  type ConnectLink,
  ConnectLinks,
  CreateConnectLink,
  CreatedConnectLink,
  OpenedLink,
} from '../schemas-credentials.ts'

const tags = ['connect links']
const create = route({
  method: 'post',
  path: '/api/v1/connect-links',
  tags,
  summary: 'Make a link to send to a client',
  description:
    'Whoever holds it connects one account of theirs to this workspace, on a page with its name and logo. It ends after use.',
  request: jsonBody(CreateConnectLink),
  responses: { 201: json(CreatedConnectLink, 'The link. Its address is shown once.') },
})
const list = route({
  method: 'get',
  path: '/api/v1/connect-links',
  tags,
  summary: 'All links, the newest first',
  request: { query: Paging },
  responses: { 200: json(ConnectLinks, 'A page of them.') },
})
const remove = route({
  method: 'delete',
  path: '/api/v1/connect-links/{id}',
  tags,
  summary: 'Withdraw a link',
  request: { params: idParam },
  responses: { 204: { description: 'It opens nothing any more.' } },
})
const open = route({
  method: 'get',
  path: '/api/v1/connect-link',
  tags,
  summary: 'What the link in the Authorization header is for',
  responses: { 200: json(OpenedLink, 'Who asks, and for what.') },
})

export function connectLinkRoutes(app: App, options: HttpOptions): void {
  const { engine, baseUrl } = options
  app.openapi(create, async (c) => {
    const who = principal(c, 'connections:write')
    const { link, token } = await makeLink(engine, who.workspace, { ...c.req.valid('json'), createdBy: who.name })
    c.set('target', link.id)
    return c.json({ ...view(link, engine.runtime.now()), url: `${baseUrl}/connect/${token}` }, 201)
  })
  app.openapi(list, async (c) => {
    const who = principal(c, 'connections:read')
    const { cursor, limit } = c.req.valid('query')
    const { rows, nextCursor } = await pageOf(
      limit,
      (row: ConnectLinkRow) => ({ at: row.created_at, id: row.id }),
      (most) => engine.store.connectLinks.page(who.workspace, fromCursor(cursor), most),
    )
    return c.json({ data: rows.map((one) => view(one, engine.runtime.now())), nextCursor }, 200)
  })
  app.openapi(remove, async (c) => {
    const who = principal(c, 'connections:write')
    if (!(await engine.store.connectLinks.remove(who.workspace, c.req.valid('param').id))) throw notFound()
    return c.body(null, 204)
  })
  app.openapi(open, async (c) => {
    const link = await linkOfToken(engine, bearerOf(c.req.header('authorization')) ?? '')
    if (!link) throw noKey()
    const known = engine.registrations.find((one) => one.provider.id === link.provider)?.provider
    const name = known?.name ?? link.provider
    const provider = { id: link.provider, name, platform: known?.credentials?.platform ?? name }
    const asker = await askerOf(options, link.workspace_id)
    return c.json({ state: linkState(link, engine.runtime.now()), clientName: link.client_name, provider, asker }, 200)
  })
}

const view = (row: ConnectLinkRow, now: number): z.infer<typeof ConnectLink> => ({
  id: row.id,
  provider: row.provider,
  clientName: row.client_name,
  reconnects: row.reconnects,
  state: linkState(row, now),
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  usedAt: row.used_at === null ? null : row.used_at.toISOString(),
  connectionId: row.connection_id,
})
