/** Connections: list, look, test, renew, end, their history and their accounts. */

import { availableAccounts, setAccounts } from '../../connections/candidates.ts'
import { disconnect } from '../../connections/disconnect.ts'
import { knownAs } from '../../connections/engine.ts'
import { forceRefresh } from '../../connections/refresh.ts'
import { testConnection } from '../../connections/test-connection.ts'
import type { ConnectionRow } from '../../store/connections.ts'
import type { EventRow } from '../../store/events.ts'
import { principal } from '../auth.ts'
import { candidateViews } from '../candidates.ts'
import type { App, HttpOptions } from '../context.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { notFound } from '../problem.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import {
  Candidates,
  ChooseAccounts,
  Connection,
  Connections,
  Disconnected,
  Events,
  KeepGrant,
  Paging,
  TestResult,
} from '../schemas.ts'
import { connectionView, eventView } from '../views.ts'

const tags = ['connections']
const params = { params: idParam }
const list = route({
  method: 'get',
  path: '/api/v1/connections',
  tags,
  summary: 'All connections, oldest first',
  request: { query: Paging },
  responses: { 200: json(Connections, 'A page.') },
})
const look = route({
  method: 'get',
  path: '/api/v1/connections/{id}',
  tags,
  summary: 'One connection',
  request: params,
  responses: { 200: json(Connection, 'It.') },
})
const renew = route({
  method: 'post',
  path: '/api/v1/connections/{id}/refresh',
  tags,
  summary: 'Renew the tokens now',
  request: params,
  responses: { 200: json(Connection, 'Renewed.') },
})
const test = route({
  method: 'post',
  path: '/api/v1/connections/{id}/test',
  tags,
  summary: 'Ask the platform whether it works',
  request: params,
  responses: { 200: json(TestResult, 'What the platform said; `ok` is false when it does not work.') },
})
const end = route({
  method: 'delete',
  path: '/api/v1/connections/{id}',
  tags,
  summary: 'Disconnect',
  description:
    'Erases the tokens here, then tells the platform, best effort. The history is kept. With `keepGrant=true` the platform is not told: for an imported connection whose grant another system goes on using.',
  request: { ...params, query: KeepGrant },
  responses: { 200: json(Disconnected, 'Disconnected.') },
})
const history = route({
  method: 'get',
  path: '/api/v1/connections/{id}/events',
  tags,
  summary: 'What happened, newest first',
  request: { ...params, query: Paging },
  responses: { 200: json(Events, 'A page.') },
})
const available = route({
  method: 'get',
  path: '/api/v1/connections/{id}/available-accounts',
  tags,
  summary: 'What it can act as, asked of the platform now',
  request: params,
  responses: { 200: json(Candidates, 'Every account, connected or not.') },
})
const choose = route({
  method: 'put',
  path: '/api/v1/connections/{id}/accounts',
  tags,
  summary: 'Set exactly these accounts',
  request: { ...params, ...jsonBody(ChooseAccounts) },
  responses: { 200: json(Connection, 'The connection with its accounts.') },
})

export function connectionRoutes(app: App, options: HttpOptions): void {
  const { engine } = options
  const { store } = engine
  const refused = async () => new Set((await store.alerts.open()).map((one) => one.registration))
  const show = async (workspace: string, id: string) => {
    const row = await store.connections.get(workspace, id)
    if (!row) throw notFound()
    const registration = knownAs(engine, row.registration)
    const accounts = await store.accounts.ofConnections(workspace, [id])
    return connectionView(row, accounts, registration, engine.runtime.now(), await refused(), options.pictures)
  }

  app.openapi(list, async (c) => {
    const { workspace } = principal(c, 'connections:read')
    const { cursor, limit } = c.req.valid('query')
    const place = (row: ConnectionRow) => ({ at: row.created_at, id: row.id })
    const { rows, nextCursor } = await pageOf(limit, place, (most) =>
      store.connections.page(workspace, fromCursor(cursor), most),
    )
    const accounts = await store.accounts.ofConnections(
      workspace,
      rows.map((row) => row.id),
    )
    const now = engine.runtime.now()
    const shut = await refused()
    const data = rows.map((row) =>
      connectionView(row, accounts, knownAs(engine, row.registration), now, shut, options.pictures),
    )
    return c.json({ data, nextCursor }, 200)
  })
  app.openapi(look, async (c) => {
    const { workspace } = principal(c, 'connections:read')
    return c.json(await show(workspace, c.req.valid('param').id), 200)
  })
  app.openapi(renew, async (c) => {
    const { workspace } = principal(c, 'connections:write')
    await forceRefresh(engine, workspace, c.req.valid('param').id)
    return c.json(await show(workspace, c.req.valid('param').id), 200)
  })
  app.openapi(test, async (c) => {
    const { workspace } = principal(c, 'connections:write')
    const outcome = await testConnection(engine, workspace, c.req.valid('param').id)
    return c.json({ ...outcome, connection: await show(workspace, c.req.valid('param').id) }, 200)
  })
  app.openapi(end, async (c) => {
    const who = principal(c, 'connections:write')
    const keepGrant = c.req.valid('query').keepGrant === 'true'
    const revoked = await disconnect(engine, who.workspace, c.req.valid('param').id, who.name, keepGrant)
    return c.json({ revoked, connection: await show(who.workspace, c.req.valid('param').id) }, 200)
  })
  app.openapi(history, async (c) => {
    const { workspace } = principal(c, 'connections:read')
    const { id } = c.req.valid('param')
    if (!(await store.connections.get(workspace, id))) throw notFound()
    const { cursor, limit } = c.req.valid('query')
    const { rows, nextCursor } = await pageOf(
      limit,
      (row: EventRow) => row,
      (most) => store.events.page(workspace, id, fromCursor(cursor), most),
    )
    return c.json({ data: rows.map(eventView), nextCursor }, 200)
  })
  app.openapi(available, async (c) => {
    const who = principal(c, 'connections:read')
    const { provider, candidates } = await availableAccounts(engine, who.workspace, c.req.valid('param').id)
    return c.json({ data: await candidateViews(options, who, provider, candidates), nextCursor: null }, 200)
  })
  app.openapi(choose, async (c) => {
    const who = principal(c, 'connections:write')
    const { id } = c.req.valid('param')
    await setAccounts(engine, who.workspace, id, c.req.valid('json').accounts, who.name)
    return c.json(await show(who.workspace, id), 200)
  })
}
