/** Flows: start, look, choose, give up. A start is a POST and nothing else. */

import type { Context } from 'hono'
import { type Principal, starterOf } from '../../access/principal.ts'
import { knownAs } from '../../connections/engine.ts'
import { chooseAccounts, giveUp, reloadCandidates } from '../../flows/choose.ts'
import { startByLink } from '../../flows/connect-link.ts'
import { sessionOfToken, startInSession, useToken } from '../../flows/connect-session.ts'
import { type Started, startFlow } from '../../flows/start.ts'
import { type FlowView, viewFlow } from '../../flows/view.ts'
import { bearerOf, noKey, principalOrSession } from '../auth.ts'
import { candidateViews } from '../candidates.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { writeFlow } from '../cookies.ts'
import { credentialsView } from '../credentials-view.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { ChooseAccounts, Flow, Reused, StartFlow } from '../schemas.ts'
import { connectionView, flowView } from '../views.ts'
import { credentialRoutes, ownFlow } from './flow-credentials.ts'

const tags = ['flows']
const start = route({
  method: 'post',
  path: '/api/v1/flows',
  tags,
  summary: 'Begin to connect',
  description:
    'Answers with `authorizeUrl` and sets a cookie: send the very browser that made this request there. A program with an API key gets `startUrl` too, a link that one browser can open once.',
  request: jsonBody(StartFlow),
  responses: { 200: json(Reused, '`reuse` found a live connection.'), 201: json(Flow, 'Started.') },
})
const look = route({
  method: 'get',
  path: '/api/v1/flows/{id}',
  tags,
  summary: 'How a flow stands',
  request: { params: idParam },
  responses: { 200: json(Flow, 'The flow.') },
})
const choose = route({
  method: 'post',
  path: '/api/v1/flows/{id}/accounts',
  tags,
  summary: 'Choose accounts at the checkpoint',
  request: { params: idParam, ...jsonBody(ChooseAccounts) },
  responses: { 200: json(Flow, 'The flow, connected.') },
})
const reload = route({
  method: 'post',
  path: '/api/v1/flows/{id}/candidates',
  tags,
  summary: 'Ask the platform anew what can be chosen',
  request: { params: idParam },
  responses: { 200: json(Flow, 'The flow with its candidates of now.') },
})
const end = route({
  method: 'delete',
  path: '/api/v1/flows/{id}',
  tags,
  summary: 'Give a pending flow up',
  request: { params: idParam },
  responses: { 204: { description: 'It is over.' } },
})

export function flowRoutes(app: App, options: HttpOptions): void {
  const { engine } = options
  const show = async (who: Principal, view: FlowView) => {
    const { row } = view
    const connection =
      row.connection_id === null ? undefined : await engine.store.connections.get(who.workspace, row.connection_id)
    const candidates = await candidateViews(options, who, row.provider, view.candidates)
    const credentials = await credentialsView(options, row)
    return flowView(view, knownAs(engine, row.registration), connection, candidates, credentials)
  }

  const own = (who: Principal, id: string) => ownFlow(engine, who, id)
  const begin = async (c: Context<Vars>, who: Principal, started: Started) => {
    await writeFlow(c, options, started.flowId, started.binding, started.cookieSeconds)
    const shown = await show(who, await viewFlow(engine, who.workspace, started.flowId))
    const links = {
      authorizeUrl: started.authorizeUrl,
      ...(started.startUrl === undefined ? {} : { startUrl: started.startUrl }),
    }
    return { ...shown, ...links }
  }

  app.openapi(start, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const { endUser, ...input } = c.req.valid('json')
    if (who.kind === 'connect-session') {
      const session = await sessionOfToken(engine, bearerOf(c.req.header('authorization')) ?? '')
      if (!session) throw noKey()
      await useToken(engine, session)
      return c.json(await begin(c, who, await startInSession(engine, session, input.provider, options)), 201)
    }
    if (who.kind === 'connect-link') {
      const token = bearerOf(c.req.header('authorization')) ?? ''
      return c.json(await begin(c, who, await startByLink(engine, token, options)), 201)
    }
    const byKey = who.kind === 'key'
    const starter = { id: starterOf(who), name: who.name, byKey }
    const result = await startFlow(engine, who.workspace, starter, byKey ? { ...input, endUser } : input, options)
    if ('reused' in result) {
      const row = await engine.store.connections.get(who.workspace, result.reused)
      const accounts = await engine.store.accounts.ofConnections(who.workspace, [result.reused])
      const registration = knownAs(engine, row?.registration)
      if (!row) throw new Error('the reused connection is gone')
      const shut = new Set((await engine.store.alerts.open()).map((one) => one.registration))
      const connection = connectionView(row, accounts, registration, engine.runtime.now(), shut, options.pictures)
      return c.json({ reused: true as const, connection }, 200)
    }
    c.set('target', result.started.flowId)
    return c.json(await begin(c, who, result.started), 201)
  })
  app.openapi(look, async (c) => {
    const who = principalOrSession(c, 'connections:read')
    const id = await own(who, c.req.valid('param').id)
    return c.json(await show(who, await viewFlow(engine, who.workspace, id)), 200)
  })
  app.openapi(choose, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await own(who, c.req.valid('param').id)
    return c.json(await show(who, await chooseAccounts(engine, who.workspace, id, c.req.valid('json').accounts)), 200)
  })
  app.openapi(reload, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await own(who, c.req.valid('param').id)
    return c.json(await show(who, await reloadCandidates(engine, who.workspace, id)), 200)
  })
  app.openapi(end, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    await giveUp(engine, who.workspace, await own(who, c.req.valid('param').id))
    return c.body(null, 204)
  })
  credentialRoutes(app, options, show)
}
