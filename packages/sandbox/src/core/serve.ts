import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Hono } from 'hono'
import { json } from './answer.ts'
import { type Answer, type Ask, text } from './ask.ts'
import type { Clock } from './clock.ts'
import { type Plan, planFor } from './fault.ts'
import type { Faults } from './faults.ts'
import { type Journal, safeName } from './journal.ts'
import { type Outage, outagePlan } from './outage.ts'
import { BodyTooLarge, readAsk } from './read.ts'
import type { Platform, Route } from './route.ts'

type Env = { Bindings: HttpBindings }
type Ctx = Context<Env>

/** What serving needs beside the platforms. `sleep` is the only real time in the sandbox. */
export interface Serving {
  clock: Clock
  journal: Journal
  faults: Faults
  outage(): Outage
  sleep(ms: number): Promise<void>
  log(line: string): void
  /** Called for each request that is worked on: it may change what is kept. */
  touch(): void
}

const MAX_BODY = 64 * 1024
const PLAIN: Plan = { name: '', delayMs: 0, answerMs: 0, work: true, wire: 'whole', shape: (answer) => answer }

/** Answers, resets, hangs or cuts short: the one place that touches the wire. */
export function send(c: Ctx, answer: Answer, wire: Plan['wire'] = 'whole'): Response {
  const { incoming, outgoing } = c.env
  if (wire === 'hang') return RESPONSE_ALREADY_SENT
  if (wire === 'reset') {
    incoming.socket.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  }
  if (wire === 'partial') {
    const bytes = Buffer.from(answer.body)
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length + 16 })
    outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => incoming.socket.destroy())
    return RESPONSE_ALREADY_SENT
  }
  const headers = new Headers(answer.headers)
  for (const cookie of answer.cookies ?? []) headers.append('set-cookie', cookie)
  const bodiless = answer.status === 204 || answer.status === 304 || incoming.method === 'HEAD'
  return new Response(bodiless ? null : (answer.body as BodyInit), { status: answer.status, headers })
}

function names(ask: Ask): string[] {
  const found = [...ask.query.keys()]
  const type = ask.headers.get('content-type') ?? ''
  if (type.includes('form-urlencoded')) found.push(...new URLSearchParams(text(ask)).keys())
  else if (type.includes('json')) {
    try {
      found.push(...Object.keys(JSON.parse(text(ask)) as object))
    } catch {
      found.push('')
    }
  }
  return found.map(safeName)
}

/** What a caller still sends while nobody listens is let pass, so that it sees the answer. */
async function unread(ask: Ask, wire: Plan['wire']): Promise<Answer> {
  if (ask.stream && wire === 'whole') for await (const _ of ask.stream);
  return { status: 200, headers: {}, body: '' }
}

async function serveRoute(c: Ctx, platform: Platform, route: Route, on: Serving): Promise<Response> {
  let ask: Ask
  try {
    ask = await readAsk(
      c.req.raw,
      c.env.incoming.url ?? '/',
      c.req.param() as Record<string, string>,
      route.streams ? 'stream' : (route.maxBody ?? MAX_BODY),
    )
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    return send(c, json(413, { status: 413, message: 'Request Entity Too Large' }, { connection: 'close' }))
  }
  const path = route.secretPath ? route.path : ask.path
  const entry = on.journal.open({
    at: on.clock.now(),
    endpoint: route.endpoint,
    method: ask.method,
    path,
    parameters: names(ask),
    authorization: ask.headers.get('authorization')?.split(' ')[0]?.toLowerCase() ?? null,
  })
  const fault = outagePlan(on.outage(), platform.id) ? undefined : on.faults.take(route.endpoint, ask.method)
  const plan = outagePlan(on.outage(), platform.id) ?? (fault ? planFor(fault, platform) : PLAIN)
  if (plan.name) entry.fault = plan.name
  if (plan.delayMs > 0) await on.sleep(plan.delayMs)
  const answer = plan.shape(plan.work ? await route.answer(ask) : await unread(ask, plan.wire))
  if (plan.work) on.touch()
  const late = (answer.afterMs ?? 0) + plan.answerMs
  if (late > 0) await on.sleep(late)
  if (plan.wire === 'whole' || plan.wire === 'partial') entry.status = answer.status
  on.log(`${ask.method} ${path} ${entry.status ?? plan.wire}${plan.name ? ` (fault: ${plan.name})` : ''}`)
  return send(c, { ...answer, headers: { date: httpDate(on.clock), ...answer.headers } }, plan.wire)
}

/** Callers that compare clocks must see this one. */
const httpDate = (clock: Clock): string => new Date(clock.now()).toUTCString()

/**
 * Adds the routes of one real origin. Anything else of that origin is refused as its platform refuses it; where two stand at
 * one, as the first of them does.
 */
export function addOrigin(app: Hono<Env>, platforms: readonly Platform[], origin: string, on: Serving): void {
  const [first] = platforms
  if (!first) return
  const served = platforms.flatMap((platform) => platform.routes.map((route) => ({ platform, route })))
  const here = served.filter(({ route }) => route.origin === origin)
  const other = async (c: Ctx, refuse: (ask: Ask) => Answer) =>
    send(
      c,
      refuse(
        await readAsk(
          new Request(c.req.raw.url, { method: 'GET', headers: c.req.raw.headers }),
          c.env.incoming.url ?? '/',
          {},
          0,
        ),
      ),
    )
  for (const { platform, route } of here) {
    app.on(route.method, route.path, (c, next) => {
      if (route.action !== undefined && c.req.query('action') !== route.action) return next()
      if (c.req.raw.method === 'HEAD' && route.head === false) {
        return other(c, (ask) => platform.methodNotAllowed(ask, [route.method]))
      }
      return serveRoute(c, platform, route, on)
    })
  }
  for (const path of new Set(here.map(({ route }) => route.path))) {
    const same = here.filter(({ route }) => route.path === path)
    const allowed = same.map(({ route }) => route.method)
    const { platform } = same[0] ?? { platform: first }
    app.all(path, (c) => {
      if (c.req.method === 'OPTIONS') return send(c, { status: 204, headers: { allow: allowed.join(', ') }, body: '' })
      return other(c, (ask) => platform.methodNotAllowed({ ...ask, method: c.req.method }, allowed))
    })
  }
  app.notFound((c) => other(c, first.notFound))
}
