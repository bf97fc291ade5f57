/** The console's session: in by a sign-in link, out by request. */
import type { Context } from 'hono'
import { endSession, redeemLink } from '../../access/sessions.ts'
import { MooringError } from '../../error.ts'
import { requireSameOrigin, signedIn } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { clearSession, readSession, writeSession } from '../cookies.ts'
import { json, jsonBody, route } from '../route.ts'
import { Session, SignIn } from '../schemas.ts'

const tags = ['session']
const get = route({
  method: 'get',
  path: '/api/v1/session',
  tags,
  summary: 'Who is signed in here',
  security: [{ session: [] }],
  responses: { 200: json(Session, 'The person.') },
})
const post = route({
  method: 'post',
  path: '/api/v1/session',
  tags,
  summary: 'Sign in with the link that the terminal printed',
  security: [],
  request: jsonBody(SignIn),
  responses: { 200: json(Session, 'Signed in; a cookie is set.') },
})
const end = route({
  method: 'delete',
  path: '/api/v1/session',
  tags,
  summary: 'Sign out',
  security: [{ session: [] }],
  responses: { 204: { description: 'Signed out.' } },
})

export function sessionRoutes(app: App, options: HttpOptions): void {
  const { engine } = options
  app.openapi(get, async (c) => {
    const person = await signedIn(c, options)
    if (!person) throw new MooringError('unauthorized', 'Open the sign-in link that the terminal printed.')
    return c.json(view(options, person), 200)
  })
  app.openapi(post, async (c) => {
    requireSameOrigin(c, options)
    const { secret, person } = await redeemLink(engine.runtime, engine.store, c.req.valid('json').token)
    await writeSession(c, options, secret)
    return c.json(view(options, person), 200)
  })
  app.openapi(end, async (c) => {
    requireSameOrigin(c, options)
    await leave(c, options)
    return c.body(null, 204)
  })
}

async function leave(c: Context<Vars>, options: HttpOptions): Promise<void> {
  const session = await readSession(c, options)
  if (session) await endSession(options.engine.store, session.value)
  clearSession(c, options)
}

const view = (options: HttpOptions, person: { id: string; name: string }) => ({
  person: { id: person.id, name: person.name },
  workspace: options.workspace,
  instance: {
    version: options.version,
    baseUrl: options.baseUrl,
    simulated: options.engine.registrations.some((one) => one.simulated),
    dataDir: options.dataDir,
  },
})
