/** Oneself: name, address, password, second factor, passkeys, and where one is signed in. Of a person of the console alone. */
import type { Context } from 'hono'
import { MooringError } from '../../error.ts'
import { NOTIFIED, wantsLetter } from '../../events/kinds.ts'
import { askingOf, authenticateSelf, keep, standing } from '../auth.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { notFound } from '../problem.ts'
import { idParam, json, jsonBody, route } from '../route.ts'
import * as schemas from '../schemas-people.ts'

const mine = { tags: ['me'], security: [{ session: [] }] }
const path = '/api/v1/me'

const get = route({
  ...mine,
  method: 'get',
  path,
  summary: 'How I sign in',
  responses: { 200: json(schemas.Me, 'Me.') },
})
const change = route({
  ...mine,
  method: 'patch',
  path,
  summary: 'Change my name or e-mail address',
  request: jsonBody(schemas.ChangeMe),
  responses: { 200: json(schemas.Me, 'Changed.') },
})
const addressLetter = route({
  ...mine,
  method: 'post',
  path: `${path}/email/letter`,
  summary: 'Ask for another letter that confirms my e-mail address',
  responses: { 204: { description: 'Sent: to the address that waits, else to mine.' } },
})
const confirmAddress = route({
  ...mine,
  method: 'post',
  path: `${path}/email/confirm`,
  summary: 'Confirm my e-mail address with the link of the letter',
  request: jsonBody(schemas.ConfirmAddress),
  responses: { 200: json(schemas.Me, 'It is mine from now on.') },
})
const notifications = route({
  ...mine,
  method: 'get',
  path: `${path}/notifications`,
  summary: 'Which letters I get from this workspace',
  responses: { 200: json(schemas.Notifications, 'One a kind of event.') },
})
const chooseNotifications = route({
  ...mine,
  method: 'put',
  path: `${path}/notifications`,
  summary: 'Choose which letters I get from this workspace',
  request: jsonBody(schemas.ChooseNotifications),
  responses: { 200: json(schemas.Notifications, 'Chosen; what was left out stays.') },
})
const linkOidc = route({
  ...mine,
  method: 'post',
  path: `${path}/oidc`,
  summary: 'Link the OpenID provider to my account',
  request: jsonBody(schemas.WithPassword),
  responses: { 200: json(schemas.OidcStart, 'Where the browser goes.') },
})
const unlinkOidc = route({
  ...mine,
  method: 'post',
  path: `${path}/oidc/remove`,
  summary: 'Unlink the OpenID provider',
  request: jsonBody(schemas.WithPassword),
  responses: { 204: { description: 'It opens this account no more.' } },
})
const setPassword = route({
  ...mine,
  method: 'put',
  path: `${path}/password`,
  summary: 'Set or change my password',
  request: jsonBody(schemas.ChangePassword),
  responses: { 204: { description: 'Changed. All other sessions are ended.' } },
})
const startTotp = route({
  ...mine,
  method: 'post',
  path: `${path}/authenticator`,
  summary: 'Set up an authenticator app',
  request: jsonBody(schemas.WithPassword),
  responses: { 200: json(schemas.TotpStart, 'It holds once a first code is shown.') },
})
const confirmTotp = route({
  ...mine,
  method: 'post',
  path: `${path}/authenticator/confirm`,
  summary: 'Show the first code of the authenticator app',
  request: jsonBody(schemas.Code),
  responses: { 204: { description: 'From now on a code is asked for after the password.' } },
})
const endTotp = route({
  ...mine,
  method: 'post',
  path: `${path}/authenticator/remove`,
  summary: 'Turn the second step off',
  request: jsonBody(schemas.WithPassword),
  responses: { 204: { description: 'Off.' } },
})
const passkeyOptions = route({
  ...mine,
  method: 'post',
  path: `${path}/passkeys/options`,
  summary: 'What a browser needs to make a passkey',
  responses: { 200: json(schemas.PasskeyOptions, 'For navigator.credentials.create (WebAuthn).') },
})
const addPasskey = route({
  ...mine,
  method: 'post',
  path: `${path}/passkeys`,
  summary: 'Add a passkey',
  request: jsonBody(schemas.NewPasskey),
  responses: { 201: json(schemas.Me, 'Added.') },
})
const removePasskey = route({
  ...mine,
  method: 'delete',
  path: `${path}/passkeys/{id}`,
  summary: 'Remove a passkey',
  request: { params: idParam },
  responses: { 204: { description: 'Removed.' } },
})
const sessions = route({
  ...mine,
  method: 'get',
  path: `${path}/sessions`,
  summary: 'Where I am signed in',
  responses: { 200: json(schemas.OwnSessions, 'This one first.') },
})
const endSession = route({
  ...mine,
  method: 'delete',
  path: `${path}/sessions/{id}`,
  summary: 'Sign out there',
  request: { params: schemas.sessionId },
  responses: { 204: { description: 'Signed out there.' } },
})
const endOthers = route({
  ...mine,
  method: 'delete',
  path: `${path}/sessions`,
  summary: 'Sign out everywhere else',
  responses: { 200: json(schemas.Ended, 'How many were ended.') },
})

export function meRoutes(app: App, options: HttpOptions): void {
  const { store } = options.engine
  const { people } = store
  const own = () => options.signIn.own
  app.use(`${path}/*`, authenticateSelf(options))

  const self = (c: Context<Vars>): string => c.get('self') ?? ''
  /** Of who asks alone: the middleware found them. */
  async function show(c: Context<Vars>, id: string) {
    const person = await people.byId(id)
    if (!person) throw new MooringError('unauthorized', 'Sign in first.')
    const passkeys = await own().passkeys(askingOf(c, options))
    return {
      id,
      name: person.name,
      email: person.email,
      emailConfirmed: person.email_verified,
      newEmail: await own().address.waits(id),
      hasPassword: await own().hasPassword(id),
      twoFactor: person.two_factor_enabled,
      oidc: await own().linked(id),
      timeZone: person.time_zone,
      locale: person.locale,
      passkeys: passkeys.map((one) => ({
        id: one.id,
        name: one.name ?? 'Passkey',
        createdAt: new Date(one.createdAt).toISOString(),
      })),
    }
  }

  app.openapi(get, async (c) => c.json(await show(c, self(c)), 200))
  app.openapi(change, async (c) => {
    const id = self(c)
    const { timeZone, locale, ...account } = c.req.valid('json')
    await own().change(askingOf(c, options), id, account)
    if (timeZone !== undefined || locale !== undefined) await people.prefer(id, { time_zone: timeZone, locale })
    return c.json(await show(c, id), 200)
  })
  app.openapi(addressLetter, async (c) => {
    await own().address.askAgain(self(c))
    return c.body(null, 204)
  })
  app.openapi(confirmAddress, async (c) => {
    await own().address.confirm(askingOf(c, options), c.req.valid('json').token)
    return c.json(await show(c, self(c)), 200)
  })
  /** In the workspace where this request acts. Throws `forbidden` for who belongs to none. */
  async function told(c: Context<Vars>) {
    const found = await standing(c, options, self(c))
    if (!found?.active) throw new MooringError('forbidden', 'You belong to no workspace.')
    return { workspace: found.active.workspace.id, role: found.active.role, email: found.person.email }
  }
  async function showNotifications({ workspace, role, email }: Awaited<ReturnType<typeof told>>, person: string) {
    const choices = await store.notifications.choices(workspace)
    const member = { person_id: person, role }
    const data = NOTIFIED.map((kind) => ({ kind, letter: wantsLetter(kind, member, choices) }))
    return { letters: options.signIn.ways().resetByMail && email !== null, data, nextCursor: null }
  }
  app.openapi(notifications, async (c) => c.json(await showNotifications(await told(c), self(c)), 200))
  app.openapi(chooseNotifications, async (c) => {
    const where = await told(c)
    await store.notifications.choose(where.workspace, self(c), c.req.valid('json').choices)
    return c.json(await showNotifications(where, self(c)), 200)
  })
  app.openapi(linkOidc, async (c) => {
    const { url, cookies } = await options.signIn.oidcLink(askingOf(c, options), c.req.valid('json').password)
    keep(c, cookies)
    return c.json({ url }, 200)
  })
  app.openapi(unlinkOidc, async (c) => {
    if (!(await own().unlink(askingOf(c, options), c.req.valid('json').password))) throw notFound()
    return c.body(null, 204)
  })
  app.openapi(setPassword, async (c) => {
    const id = self(c)
    const { current, password } = c.req.valid('json')
    if ((await people.byId(id))?.email === null)
      throw new MooringError('conflict', 'Set your e-mail address first: it is what you sign in with.')
    await own().setPassword(askingOf(c, options), current, password)
    return c.body(null, 204)
  })
  app.openapi(startTotp, async (c) => {
    c.header('Cache-Control', 'no-store')
    return c.json(await own().startTotp(askingOf(c, options), c.req.valid('json').password), 200)
  })
  app.openapi(confirmTotp, async (c) => {
    keep(c, (await own().confirmTotp(askingOf(c, options), c.req.valid('json').code)).cookies)
    return c.body(null, 204)
  })
  app.openapi(endTotp, async (c) => {
    keep(c, (await own().endTotp(askingOf(c, options), c.req.valid('json').password)).cookies)
    return c.body(null, 204)
  })
  app.openapi(passkeyOptions, async (c) => {
    const { body, cookies } = await own().passkeyRegistration(askingOf(c, options))
    keep(c, cookies)
    return c.json(body, 200)
  })
  app.openapi(addPasskey, async (c) => {
    const id = self(c)
    const { response, name } = c.req.valid('json')
    await own().addPasskey(askingOf(c, options), response, name)
    return c.json(await show(c, id), 201)
  })
  app.openapi(removePasskey, async (c) => {
    if (!(await own().removePasskey(askingOf(c, options), c.req.valid('param').id))) throw notFound()
    return c.body(null, 204)
  })
  app.openapi(sessions, async (c) => {
    const data = (await own().sessions(askingOf(c, options))).map((one) => ({
      id: one.id,
      current: one.current,
      startedAt: one.startedAt.toISOString(),
      usedAt: one.usedAt.toISOString(),
      address: one.address ?? null,
      browser: one.browser ?? null,
    }))
    return c.json({ data, nextCursor: null }, 200)
  })
  app.openapi(endSession, async (c) => {
    if (!(await own().endSession(askingOf(c, options), c.req.valid('param').id))) throw notFound()
    return c.body(null, 204)
  })
  app.openapi(endOthers, async (c) => {
    return c.json({ ended: await own().endOtherSessions(askingOf(c, options)) }, 200)
  })
}
