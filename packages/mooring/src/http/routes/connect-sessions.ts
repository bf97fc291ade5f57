/** Connect sessions and completions: from a host's server, with an API key. */

import type { z } from '@hono/zod-openapi'
import type { Principal } from '../../access/principal.ts'
import { knownAs } from '../../connections/engine.ts'
import { MooringError } from '../../error.ts'
import { completeFlow } from '../../flows/complete.ts'
import { makeSession } from '../../flows/connect-session.ts'
import { returnUrl, sessionPage } from '../../flows/return-to.ts'
import { workspaceOf } from '../../flows/secrets.ts'
import { chooserOf } from '../../flows/settle.ts'
import { principal } from '../auth.ts'
import { candidateViews } from '../candidates.ts'
import type { App, HttpOptions } from '../context.ts'
import { credentialsView } from '../credentials-view.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { CompletedFlow, CompleteFlow, ConnectSession, CreateConnectSession } from '../schemas-connect-sessions.ts'
import { flowView } from '../views.ts'

const make = route({
  method: 'post',
  path: '/api/v1/connect-sessions',
  tags: ['connect sessions'],
  summary: 'Let one browser connect an account',
  description:
    'For a host product: answers with a `url` that one browser can open once, for one flow, within 15 minutes. Needs an API key with `connections:write`.',
  security: [{ apiKey: [] }],
  request: jsonBody(CreateConnectSession),
  responses: { 201: json(ConnectSession, 'Made.') },
})
const complete = route({
  method: 'post',
  path: '/api/v1/flows/{id}/complete',
  tags: ['flows'],
  summary: 'Say who came back from the platform',
  description:
    'From the server behind `completeAt`, with the user who is signed in there. Another one than the connect session was made for ends the flow with `flow_other_person`, and nothing is stored. Needs an API key with `connections:write`.',
  security: [{ apiKey: [] }],
  request: { params: idParam, ...jsonBody(CompleteFlow) },
  responses: { 200: json(CompletedFlow, 'Completed.') },
})

type Wanted = z.infer<typeof CreateConnectSession>
type Key = Extract<Principal, { kind: 'key' }>

export function connectSessionRoutes(app: App, options: HttpOptions): void {
  const { engine, hostUsers } = options
  app.openapi(make, async (c) => {
    const who = requireKey(principal(c, 'connections:write'))
    const { workspace, workspaceId, ...wanted } = c.req.valid('json')
    const { session, token } = await makeSession(
      engine,
      { ...wanted, createdBy: who.name },
      { ...options, seesUsers: hostUsers.seesUsers },
      () => workspaceFor(options, who, { workspace, workspaceId }),
    )
    return c.json(
      {
        id: session.id,
        token,
        url: `${options.baseUrl}/connect-session#${token}`,
        workspaceId: session.workspace_id,
        expiresAt: session.expires_at.toISOString(),
      },
      201,
    )
  })
  app.openapi(complete, async (c) => {
    const who = requireKey(principal(c, 'connections:write'))
    const { code, endUser } = c.req.valid('json')
    // The code names the workspace that its flow is in.
    const workspace = who.instance ? (workspaceOf(code) ?? who.workspace) : who.workspace
    const view = await completeFlow(engine, workspace, { id: c.req.valid('param').id, code, endUser: endUser.id })
    const { row } = view
    const connection =
      row.connection_id === null ? undefined : await engine.store.connections.get(workspace, row.connection_id)
    const registration = knownAs(engine, row.registration)
    const checkpoint = row.state === 'checkpoint' ? 'accounts' : undefined
    const chooser = checkpoint && (await chooserOf(engine, workspace, row))
    const next =
      chooser === undefined
        ? returnUrl(row.return_to, options.baseUrl, { flow: row.id, checkpoint })
        : sessionPage(options.baseUrl, chooser, '/accounts')
    const candidates = await candidateViews(options, { ...who, workspace }, row.provider, view.candidates)
    const credentials = await credentialsView(options, row)
    return c.json(
      { flow: flowView(view, registration, connection, candidates, credentials), workspaceId: workspace, next },
      200,
    )
  })
}

function requireKey(who: Principal): Key {
  if (who.kind === 'key') return who
  throw new MooringError('forbidden', 'Only an API key with connections:write can do that.')
}

/** The workspace that is named, made if it is new. Throws `forbidden` where a key of one workspace names another. */
async function workspaceFor(
  { engine }: HttpOptions,
  who: Key,
  { workspace, workspaceId }: Pick<Wanted, 'workspace' | 'workspaceId'>,
): Promise<string> {
  const { workspaces } = engine.store
  if (workspace && workspaceId !== undefined)
    throw new MooringError('invalid_request', 'Name the workspace in one way.', {
      fields: [{ path: 'workspaceId', message: 'stands beside workspace' }],
    })
  if (!workspace && workspaceId === undefined) return who.workspace
  if (!who.instance) {
    const own =
      workspaceId === who.workspace ||
      (workspace && (await workspaces.byId(who.workspace))?.external_id === workspace.externalId)
    if (own) return who.workspace
    throw new MooringError('forbidden', 'Only an API key of the whole instance can name another workspace.', {
      detail: 'Leave the workspace out, or use such a key.',
    })
  }
  if (workspace) {
    const { externalId, name } = workspace
    return (await workspaces.ensureExternal(engine.runtime.uuid(), name ?? externalId, externalId)).id
  }
  const found = await workspaces.byId(workspaceId ?? '')
  if (!found) throw new MooringError('not_found', 'There is no such workspace.')
  return found.id
}
