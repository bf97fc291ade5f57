/** What a person does in a flow by e-mail and password. Whoever holds the flow's cookie goes on with it, and who began it. */
import type { z } from '@hono/zod-openapi'
import { type Principal, starterOf } from '../../access/principal.ts'
import { MooringError } from '../../error.ts'
import { anotherWay, answer, resend, restart, submit } from '../../flows/credentials/attempt.ts'
import { pickSeat, seatsOf } from '../../flows/credentials/existing.ts'
import { hostedPage } from '../../flows/credentials/hosted.ts'
import { type FlowView, viewFlow } from '../../flows/view.ts'
import { principalOrSession } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import { Flow } from '../schemas.ts'
import { AnswerCheckpoint, HostedPage, PickSeat, Seats, SubmitCredentials } from '../schemas-credentials.ts'

/** A request waits so long for the service, in ms; then the flow is looked at again and again. */
const PATIENCE_MS = 20_000

const tags = ['flows']
const flow = { 200: json(Flow, 'The flow as it stands now.') }
const submitRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/credentials',
  tags,
  summary: 'Sign in with e-mail and password',
  description:
    'Of a flow of kind `credentials`. May answer while the flow is still `connecting`: look at it again every two seconds.',
  request: { params: idParam, ...jsonBody(SubmitCredentials) },
  responses: flow,
})
const answerRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/checkpoint',
  tags,
  summary: 'Answer what the service waits for: a code, or a telephone number',
  request: { params: idParam, ...jsonBody(AnswerCheckpoint) },
  responses: flow,
})
const resendRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/checkpoint/resend',
  tags,
  summary: 'Have another code sent',
  request: { params: idParam },
  responses: flow,
})
const otherRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/checkpoint/another-way',
  tags,
  summary: 'Have a code in place of the approval',
  request: { params: idParam },
  responses: flow,
})
const hostedRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/hosted',
  tags,
  summary: 'Go on at the page of the service',
  request: { params: idParam },
  responses: { 200: json(HostedPage, 'Its address, for this browser and now.') },
})
const seatsRoute = route({
  method: 'get',
  path: '/api/v1/flows/{id}/seats',
  tags,
  summary: 'Seats that are signed in at the service already',
  request: { params: idParam },
  responses: { 200: json(Seats, 'All that the key shows.') },
})
const pickRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/seat',
  tags,
  summary: 'Take one of them',
  request: { params: idParam, ...jsonBody(PickSeat) },
  responses: flow,
})
const restartRoute = route({
  method: 'post',
  path: '/api/v1/flows/{id}/restart',
  tags,
  summary: 'Back to the form, whatever was under way',
  request: { params: idParam },
  responses: flow,
})

/** The flow's id, where it is this one's own: a session, a link and a cookie know of one flow, and any other is not there for them. */
export async function ownFlow({ store }: HttpOptions['engine'], who: Principal, id: string): Promise<string> {
  const own =
    who.kind === 'connect-session'
      ? await store.connectSessions.flowOf(who.workspace, who.id)
      : who.kind === 'flow'
        ? who.id
        : who.kind === 'connect-link'
          ? undefined
          : id
  if (own !== id) throw new MooringError('not_found', 'There is no such flow.')
  return id
}

type Show = (who: Principal, view: FlowView) => Promise<z.infer<typeof Flow>>

export function credentialRoutes(app: App, options: HttpOptions, show: Show): void {
  const { engine, baseUrl } = options

  /** Only who began it goes on with it: a colleague sees it, and types nothing into it. */
  const mine = async (who: Principal, id: string): Promise<string> => {
    await ownFlow(engine, who, id)
    if (who.kind !== 'person' && who.kind !== 'user') return id
    const row = await engine.store.flows.get(who.workspace, id)
    if (row && row.starter !== starterOf(who))
      throw new MooringError('flow_other_person', 'Someone else started this. Ask them to finish, or start again.')
    return id
  }
  const shown = async (who: Principal, id: string) => show(who, await viewFlow(engine, who.workspace, id))
  const patiently = async (running: Promise<void>) => {
    const over = new AbortController()
    await Promise.race([running, engine.runtime.sleep(PATIENCE_MS, over.signal).catch(() => {})])
    over.abort()
  }

  app.openapi(submitRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    // `running` is a promise in an object: an async function would wait for it.
    const { running } = await submit(engine, who.workspace, id, c.req.valid('json'))
    await patiently(running)
    return c.json(await shown(who, id), 200)
  })
  app.openapi(answerRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    // A flow that is not there reads so, whatever is sent to it.
    await viewFlow(engine, who.workspace, id)
    const { running } = await answer(engine, who.workspace, id, textOf(c.req.valid('json')))
    await patiently(running)
    return c.json(await shown(who, id), 200)
  })
  app.openapi(resendRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    await resend(engine, who.workspace, id)
    return c.json(await shown(who, id), 200)
  })
  app.openapi(otherRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    const { running } = await anotherWay(engine, who.workspace, id)
    await patiently(running)
    return c.json(await shown(who, id), 200)
  })
  app.openapi(hostedRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    return c.json({ url: await hostedPage(engine, who.workspace, id, baseUrl) }, 200)
  })
  app.openapi(seatsRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    const seats = await seatsOf(engine, who.workspace, id)
    return c.json({ data: seats.map((one) => ({ ...one, email: one.email ?? null })) }, 200)
  })
  app.openapi(pickRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    await pickSeat(engine, who.workspace, id, c.req.valid('json').seat)
    return c.json(await shown(who, id), 200)
  })
  app.openapi(restartRoute, async (c) => {
    const who = principalOrSession(c, 'connections:write')
    const id = await mine(who, c.req.valid('param').id)
    await restart(engine, who.workspace, id)
    return c.json(await shown(who, id), 200)
  })
}

/** A telephone number goes on as the services take it: `(+33)0612345678`. */
function textOf(given: z.infer<typeof AnswerCheckpoint>): string {
  if ((given.code === undefined) === (given.phone === undefined))
    throw new MooringError('invalid_request', 'Send a code, or a telephone number.', {
      fields: [{ path: 'code', message: 'is needed, or a phone' }],
    })
  if (given.phone === undefined) return (given.code ?? '').replaceAll(/[ -]/g, '')
  return `(${given.phone.dialCode})${given.phone.number.replaceAll(/\D/g, '')}`
}
