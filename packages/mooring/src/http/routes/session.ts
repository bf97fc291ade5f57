/** In and out of the console: by a link of the terminal, a password with or without a second step, a passkey, or another sign-in. */
import type { Context } from 'hono'
import { scopesOf } from '../../access/principal.ts'
import { MooringError } from '../../error.ts'
import { askingOf, keep, requireSameOrigin, type Standing, standing } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-people.ts'

const tags = ['session']
const open = { tags, security: [] }
const SIGNED_IN = 'Signed in; a cookie is set.'
const path = '/api/v1/session'

const get = route({
  method: 'get',
  path,
  tags,
  summary: 'Who is signed in here',
  security: [{ session: [] }],
  responses: { 200: json(schemas.Session, 'The person, and where they belong.') },
})
const ways = route({
  ...open,
  method: 'get',
  path: `${path}/ways`,
  summary: 'How one can sign in here',
  responses: { 200: json(schemas.SignInWays, 'Beside a password and a passkey, which always can.') },
})
const byLink = route({
  ...open,
  method: 'post',
  path,
  summary: 'Sign in with the link that the terminal printed',
  request: jsonBody(schemas.SignIn),
  responses: { 200: json(schemas.Session, SIGNED_IN) },
})
const byPassword = route({
  ...open,
  method: 'post',
  path: `${path}/password`,
  summary: 'Sign in with e-mail address and password',
  request: jsonBody(schemas.SignInByPassword),
  responses: {
    200: json(schemas.Session, SIGNED_IN),
    202: json(schemas.SecondStepNeeded, 'Right, and a code is asked for: the second step, within ten minutes.'),
  },
})
const secondStep = route({
  ...open,
  method: 'post',
  path: `${path}/second-step`,
  summary: 'The code of the authenticator app, or a backup code',
  request: jsonBody(schemas.SecondStep),
  responses: { 200: json(schemas.Session, SIGNED_IN) },
})
const passkeyOptions = route({
  ...open,
  method: 'post',
  path: `${path}/passkey/options`,
  summary: 'What a browser asks a passkey to sign',
  responses: { 200: json(schemas.PasskeyOptions, 'For navigator.credentials.get (WebAuthn).') },
})
const byPasskey = route({
  ...open,
  method: 'post',
  path: `${path}/passkey`,
  summary: 'Sign in with a passkey',
  request: jsonBody(schemas.PasskeyAnswer),
  responses: { 200: json(schemas.Session, SIGNED_IN) },
})
const oidcStart = route({
  ...open,
  method: 'post',
  path: `${path}/oidc`,
  summary: 'Sign in at the OpenID provider',
  responses: { 200: json(schemas.OidcStart, 'Where the browser goes.') },
})
const requestReset = route({
  ...open,
  method: 'post',
  path: `${path}/reset-request`,
  summary: 'Ask for a letter with a link to a new password',
  request: jsonBody(schemas.RequestReset),
  responses: { 204: { description: 'The same whether or not anybody has this address.' } },
})
const reset = route({
  ...open,
  method: 'post',
  path: `${path}/reset`,
  summary: 'Choose a new password with the link of the letter',
  request: jsonBody(schemas.Reset),
  responses: { 204: { description: 'Changed. All sessions are ended.' } },
})
const end = route({
  method: 'delete',
  path,
  tags,
  summary: 'Sign out',
  security: [{ session: [] }],
  responses: { 204: { description: 'Signed out.' } },
})

export function sessionRoutes(app: App, options: HttpOptions): void {
  const { signIn } = options
  const entered = async (c: Context<Vars>, { cookies, person }: { cookies: string[]; person: string }) => {
    keep(c, cookies)
    const found = await standing(c, options, person, true)
    if (!found) throw new MooringError('unauthorized', 'Sign in first.')
    c.set('entered', { id: person, name: found.person.name })
    return sessionView(options, found)
  }
  app.openapi(get, async (c) => {
    const session = await signIn.present(askingOf(c, options))
    const found = session && (await standing(c, options, session.person))
    if (!found) throw new MooringError('unauthorized', 'You are not signed in.')
    keep(c, session.cookies)
    return c.json(sessionView(options, found), 200)
  })
  app.openapi(ways, (c) => c.json(signIn.ways(), 200))
  app.openapi(byLink, async (c) => {
    requireSameOrigin(c, options)
    return c.json(await entered(c, await signIn.byLink(askingOf(c, options), c.req.valid('json').token)), 200)
  })
  app.openapi(byPassword, async (c) => {
    requireSameOrigin(c, options)
    const { email, password } = c.req.valid('json')
    const answer = await signIn.byPassword(askingOf(c, options), email, password)
    if (answer.person !== undefined) return c.json(await entered(c, answer), 200)
    keep(c, answer.cookies)
    return c.json({ secondStep: true as const }, 202)
  })
  app.openapi(secondStep, async (c) => {
    requireSameOrigin(c, options)
    const { kind, code, remember } = c.req.valid('json')
    return c.json(await entered(c, await signIn.bySecondStep(askingOf(c, options), kind, code, remember)), 200)
  })
  app.openapi(passkeyOptions, async (c) => {
    requireSameOrigin(c, options)
    const { body, cookies } = await signIn.passkeyOptions(askingOf(c, options))
    keep(c, cookies)
    return c.json(body, 200)
  })
  app.openapi(byPasskey, async (c) => {
    requireSameOrigin(c, options)
    return c.json(await entered(c, await signIn.byPasskey(askingOf(c, options), c.req.valid('json').response)), 200)
  })
  app.openapi(oidcStart, async (c) => {
    requireSameOrigin(c, options)
    const { url, cookies } = await signIn.oidcStart(askingOf(c, options))
    keep(c, cookies)
    return c.json({ url }, 200)
  })
  // Where the OpenID provider sends the browser back to: a navigation, so no page of ours asks for it.
  app.get(`${path}/oidc/callback`, async (c) => {
    c.header('Referrer-Policy', 'no-referrer')
    const { location, cookies } = await signIn.oidcReturn(askingOf(c, options), new URL(c.req.url).search)
    keep(c, cookies)
    const denied = new URL(location, options.baseUrl).searchParams.get('error')
    if (denied !== null) c.set('denied', denied.slice(0, 60))
    else {
      const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
      const entered = await signIn.present({ headers: new Headers({ cookie }), address: undefined })
      // No session begins where somebody who is here linked it.
      if (!entered) c.set('deed', 'other-sign-in.linked')
      const session = entered ?? (await signIn.present(askingOf(c, options)))
      if (session) c.set('entered', { id: session.person, name: session.name })
    }
    return c.redirect(location, 303)
  })
  app.openapi(requestReset, async (c) => {
    requireSameOrigin(c, options)
    await signIn.requestReset(askingOf(c, options), c.req.valid('json').email)
    return c.body(null, 204)
  })
  app.openapi(reset, async (c) => {
    requireSameOrigin(c, options)
    const { token, password } = c.req.valid('json')
    await signIn.reset(askingOf(c, options), token, password)
    return c.body(null, 204)
  })
  app.openapi(end, async (c) => {
    requireSameOrigin(c, options)
    const session = await signIn.present(askingOf(c, options))
    if (session) c.set('entered', { id: session.person, name: session.name })
    keep(c, (await signIn.out(askingOf(c, options))).cookies)
    return c.body(null, 204)
  })
}

export function sessionView(options: HttpOptions, { person, memberships, active }: Standing) {
  const { id, name, email, operator, time_zone: timeZone, locale } = person
  const view = ({ workspace, role }: Standing['memberships'][number]) => ({ ...workspace, role })
  return {
    person: { id, name, email, operator, timeZone, locale },
    workspace: active ? view(active) : null,
    workspaces: memberships.map(view),
    permissions: active
      ? [...scopesOf({ kind: 'person', id, name, workspace: active.workspace.id, role: active.role, operator })]
      : [],
    instance: {
      version: options.version,
      baseUrl: options.baseUrl,
      simulated: options.engine.registrations.some((one) => one.simulated),
      dataDir: operator ? options.dataDir : null,
    },
  }
}
