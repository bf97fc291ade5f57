/** Workspaces: those of a person or key, a new one, and one as a whole: renamed, taken along, erased. */
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { Principal } from '../../access/principal.ts'
import { eraseWorkspace, exportWorkspace } from '../../connections/workspace-life.ts'
import { MooringError } from '../../error.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { notFound } from '../problem.ts'
import { json, jsonBody, route } from '../route.ts'
import { Paging } from '../schemas.ts'
import * as schemas from '../schemas-workspaces.ts'

const tags = ['workspaces']
const list = route({
  method: 'get',
  path: '/api/v1/workspaces',
  tags,
  summary: 'Workspaces that may be acted in',
  request: { query: Paging },
  responses: { 200: json(schemas.Workspaces, 'A person’s own; every one for a key of the whole instance.') },
})
const make = route({
  method: 'post',
  path: '/api/v1/workspaces',
  tags,
  summary: 'Make a workspace',
  request: jsonBody(schemas.NewWorkspace),
  responses: { 201: json(schemas.Workspace, 'Made; whoever made it in the console owns it.') },
})
const profile = route({
  method: 'get',
  path: '/api/v1/workspace',
  tags,
  summary: 'This workspace',
  responses: { 200: json(schemas.Workspace, 'Its name and business profile.') },
})
const change = route({
  method: 'patch',
  path: '/api/v1/workspace',
  tags,
  summary: 'Change the name or business profile of this workspace',
  request: jsonBody(schemas.ChangeWorkspace),
  responses: { 200: json(schemas.Workspace, 'Changed. What was left out stays.') },
})
const take = route({
  method: 'get',
  path: '/api/v1/workspace/export',
  tags,
  summary: 'Take this workspace along',
  responses: {
    200: {
      description: 'One JSON object a line: the workspace, members, keys, connections, accounts, events. No secret.',
      content: { 'application/x-ndjson': { schema: schemas.ExportLine } },
    },
  },
})
const erase = route({
  method: 'post',
  path: '/api/v1/workspace/erase',
  tags,
  summary: 'Erase this workspace with everything in it',
  request: jsonBody(schemas.EraseWorkspace),
  responses: { 200: json(schemas.Erased, 'Gone, and how many rows are left of it: none.') },
})

export function workspaceRoutes(app: App, options: HttpOptions): void {
  const { engine, media, workspace: server } = options
  const { workspaces, people } = engine.store

  app.openapi(list, async (c) => {
    const who = principal(c, 'connections:read')
    if (who.kind === 'key' && who.instance) {
      const { limit, cursor } = c.req.valid('query')
      const place = (row: WorkspaceRow) => ({ at: row.created_at, id: row.id })
      const { rows, nextCursor } = await pageOf(limit, place, (most) => workspaces.page(fromCursor(cursor)?.id, most))
      return c.json({ data: rows.map(view), nextCursor }, 200)
    }
    const own = who.kind === 'person' ? ((await people.standing(who.id))?.memberships ?? []) : []
    const ids = who.kind === 'person' ? own.map((one) => one.workspace.id) : [who.workspace]
    const rows = await Promise.all(ids.map((id) => workspaces.byId(id)))
    return c.json({ data: rows.flatMap((row) => (row ? [view(row)] : [])), nextCursor: null }, 200)
  })

  app.openapi(make, async (c) => {
    const who = principal(c, 'workspace:write')
    requireWholeServer(who)
    const { name, externalId } = c.req.valid('json')
    const row = { id: engine.runtime.uuid(), name, external_id: externalId }
    const made = await workspaces.createFor(row, who.kind === 'person' ? who.id : undefined)
    if (!made) throw new MooringError('conflict', 'There is a workspace of this externalId already.')
    c.set('target', made.id)
    return c.json(view(made), 201)
  })

  app.openapi(profile, async (c) => {
    const row = await workspaces.byId(principal(c, 'connections:read').workspace)
    if (!row) throw notFound()
    return c.json(view(row), 200)
  })

  app.openapi(change, async (c) => {
    const who = principal(c, 'workspace:write')
    const { name, website, idealCustomer, logo } = c.req.valid('json')
    const row = await workspaces.change(who.workspace, { name, website, logo, ideal_customer: idealCustomer })
    if (!row) throw notFound()
    return c.json(view(row), 200)
  })

  app.openapi(take, async (c) => {
    const who = principal(c, 'workspace:write')
    const lines = exportWorkspace(engine, who.workspace)
    // The first line is read before the answer begins: what fails then is a problem and no broken file.
    const first = await lines.next()
    c.header('Content-Type', 'application/x-ndjson')
    c.header('Content-Disposition', 'attachment; filename="workspace.ndjson"')
    c.header('Cache-Control', 'no-store')
    return written(c, first, lines)
  })

  app.openapi(erase, async (c) => {
    const who = principal(c, 'workspace:write')
    const row = await workspaces.byId(who.workspace)
    if (!row) throw notFound()
    if (row.id === server.id)
      throw new MooringError('conflict', 'This is the server’s own workspace. It goes with the server alone.')
    if (c.req.valid('json').name !== row.name)
      throw new MooringError('conflict', 'That is not the name of this workspace. Nothing was erased.')
    c.set('target', row.id)
    // First, so that what fails can be asked for again; and after, for what came meanwhile.
    await media.removeAll(row.id)
    const erased = await eraseWorkspace(engine, row.id, who.name)
    await media.removeAll(row.id)
    return c.json(erased, 200)
  })
}

function requireWholeServer(who: Principal): void {
  if ((who.kind === 'key' && who.instance) || (who.kind === 'person' && who.operator)) return
  throw new MooringError('forbidden', 'Only whoever runs this server makes workspaces.')
}

const written = (c: Context<Vars>, first: IteratorResult<unknown>, rest: AsyncGenerator<unknown>) =>
  // biome-ignore lint/suspicious/noExplicitAny: a stream has no JSON type for the route to compare
  stream(c, async (out): Promise<any> => {
    if (!first.done) await out.write(`${JSON.stringify(first.value)}\n`)
    for await (const one of rest) await out.write(`${JSON.stringify(one)}\n`)
  }) as never

const view = (row: WorkspaceRow) => ({
  id: row.id,
  name: row.name,
  externalId: row.external_id,
  website: row.website,
  idealCustomer: row.ideal_customer,
  logo: row.logo,
  createdAt: row.created_at.toISOString(),
})
