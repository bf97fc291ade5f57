/**
 * The sign-in library (better-auth), told where its tables and values lie. Nothing else imports it. It is loaded at the
 * first sign-in: a host with its own users never pays for it.
 */
import type { Runtime } from '../../runtime.ts'
import type { Store } from '../../store/store.ts'
import { COOKIES, LOGINS, NO_TOKENS, PASSKEYS, PEOPLE, RULES, TWO_FACTORS } from './library-names.ts'
import type { SignInMail } from './mail.ts'
import type { SignInValues } from './values.ts'

export const SESSION_LIFE_SECONDS = 30 * 86_400
/** A session that is used lives on from then, a day at a time. */
const SESSION_RENEWED_SECONDS = 86_400
const RESET_LIFE_SECONDS = 3600
export const ADDRESS_HEADER = 'x-mooring-address'
/** OWASP's advice is eight at least; length is judged with the rest by the strength check. */
export const PASSWORD_LENGTH = { min: 10, max: 200 }

/** A provider of OpenID Connect that people may sign in with. */
export interface OidcProvider {
  name: string
  discoveryUrl: string
  clientId: string
  clientSecret: string
}

export interface LibraryOptions {
  runtime: Runtime
  store: Store
  values: SignInValues
  secret: string
  /** The origin and path that people see. */
  baseUrl: string
  mail: SignInMail | undefined
  oidc: OidcProvider | undefined
  /** Hears of a fault of the store, of which the library makes an error of its own. */
  onFault: (fault: unknown) => void
}

/** What the library is asked for here. */
export interface Library {
  /** Its own routes, behind ours: `POST /sign-in/email` and the like. */
  handler(request: Request): Promise<Response>
  /** A session for somebody who has proved otherwise who they are; its cookies. */
  enter(person: string, headers: Headers): Promise<Headers>
  session(headers: Headers): Promise<{ found: FoundSession | undefined; headers: Headers }>
  hash(password: string): Promise<string>
  /** The first password of a person who has none. */
  setPassword(person: string, hash: string): Promise<void>
  hasPassword(person: string): Promise<boolean>
  /** Whether a sign-in at the OpenID provider is theirs. */
  linked(person: string): Promise<boolean>
  unlink(person: string): Promise<void>
  /** Its sessions know of it at once. */
  change(person: string, to: { name?: string; email?: string; emailVerified?: boolean }): Promise<void>
}

export interface FoundSession {
  person: string
  name: string
  /** The session's id, which may be shown. */
  id: string
  token: string
  startedAt: Date
}

const isOidc = (login: { providerId: string }): boolean => login.providerId === OIDC

/** The route of the library's own, below the base URL. Nobody outside reaches it. */
export const LIBRARY_PATH = '/api/v1/library'
export const OIDC = 'oidc'

/** By the base URL: on https the prefix that no sibling domain can plant; else, which is loopback alone, the plain name. */
export const cookieName = (baseUrl: string, name: string): string =>
  `${baseUrl.startsWith('https:') ? '__Host-' : ''}mooring-${name}`

export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { runtime, store, values, baseUrl, mail, oidc, onFault } = options
  const [
    { betterAuth },
    { genericOAuth, twoFactor },
    { passkey },
    { APIError, createAuthEndpoint },
    { setSessionCookie },
    z,
  ] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
    import('@better-auth/passkey'),
    import('better-auth/api'),
    import('better-auth/cookies'),
    import('zod'),
  ])
  const url = new URL(baseUrl)
  const secure = url.protocol === 'https:'
  const { log } = runtime
  const requireVerified = (verified: boolean | undefined) => {
    if (!verified) throw new APIError('UNAUTHORIZED', { code: 'AUTHENTICATION_FAILED', message: 'not verified' })
  }
  const enter = {
    id: 'mooring' as const,
    endpoints: {
      enter: createAuthEndpoint.serverOnly({ method: 'POST', body: z.object({ person: z.string() }) }, async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.person)
        if (!user) return ctx.json({ entered: false })
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ entered: true })
      }),
    },
  }
  const auth = betterAuth({
    appName: 'Mooring',
    baseURL: url.origin,
    basePath: `${url.pathname.replace(/\/$/, '')}${LIBRARY_PATH}`,
    secret: options.secret,
    telemetry: { enabled: false },
    trustedOrigins: [url.origin],
    database: { db: store.signIn.tables(onFault) as never, type: 'postgres', transaction: false },
    secondaryStorage: values,
    // Its messages may hold what was typed: the fact alone is logged, and only where something broke.
    logger: {
      level: 'error',
      log: (level, message) => {
        if (level === 'error')
          log.warn(
            {
              about: String(message)
                .slice(0, 60)
                .replace(/["'`].*/s, '…'),
            },
            'the sign-in library reported',
          )
      },
    },
    rateLimit: { enabled: true, customStorage: values.limits, customRules: RULES },
    session: { expiresIn: SESSION_LIFE_SECONDS, updateAge: SESSION_RENEWED_SECONDS, storeSessionInDatabase: false },
    verification: { storeInDatabase: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      resetPasswordTokenExpiresIn: RESET_LIFE_SECONDS,
      // Whoever had the old password is out.
      onPasswordReset: async ({ user }) => {
        await values.endSessions(user.id)
        // The first letter that its holder opens: whoever set the address without being them keeps no way in.
        if (!user.emailVerified) await store.people.proveAddress(user.id, new Date(runtime.now()))
      },
      ...(mail
        ? { sendResetPassword: ({ user, token }) => mail.reset(user.email, `${baseUrl}/reset-password#${token}`) }
        : {}),
    },
    user: PEOPLE,
    account: {
      ...LOGINS,
      accountLinking: { enabled: true, trustedProviders: [], allowDifferentEmails: true },
      updateAccountOnSignIn: false,
    },
    databaseHooks: {
      // By the clock that everything else is measured with.
      session: {
        create: { before: async (session) => ({ data: { ...session, createdAt: new Date(runtime.now()) } }) },
      },
      account: {
        create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
        update: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
      },
    },
    advanced: {
      useSecureCookies: false,
      defaultCookieAttributes: { secure, sameSite: 'lax', path: '/', httpOnly: true },
      cookies: Object.fromEntries(
        Object.entries(COOKIES).map(([theirs, ours]) => [theirs, { name: cookieName(baseUrl, ours) }]),
      ),
      database: { generateId: () => runtime.uuid() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // What is thrown is read by whoever asked; unheard, the library would print it past the log.
    onAPIError: { errorURL: `${baseUrl}/sign-in`, onError: () => {} },
    plugins: [
      twoFactor({
        issuer: 'Mooring',
        allowPasswordless: true,
        schema: TWO_FACTORS,
      }),
      passkey({
        rpName: 'Mooring',
        rpID: url.hostname,
        origin: url.origin,
        // A passkey opens the door by itself, so whoever holds the device must show that it is theirs.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          afterVerification: async ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
        },
        registration: {
          afterVerification: async ({ verification }) => requireVerified(verification.registrationInfo?.userVerified),
        },
        schema: PASSKEYS,
      }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: OIDC,
                  name: oidc.name,
                  discoveryUrl: oidc.discoveryUrl,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  redirectURI: `${baseUrl}/api/v1/session/oidc/callback`,
                  scopes: ['openid', 'profile', 'email'],
                  pkce: true,
                  disableSignUp: true,
                  disableImplicitSignUp: true,
                  disableProviderLogout: true,
                },
              ],
            }),
          ]
        : []),
      enter,
    ],
  })
  const context = await auth.$context
  return {
    handler: (request) => auth.handler(request),
    async enter(person, headers) {
      const answer = await auth.api.enter({ body: { person }, headers, returnHeaders: true })
      return answer.headers
    },
    async session(headers) {
      const { response, headers: set } = await auth.api.getSession({ headers, returnHeaders: true })
      if (!response) return { found: undefined, headers: set }
      const { session, user } = response
      const found = {
        person: user.id,
        name: user.name,
        id: session.id,
        token: session.token,
        startedAt: new Date(session.createdAt),
      }
      return { found, headers: set }
    },
    hash: (password) => context.password.hash(password),
    async setPassword(person, password) {
      const login = await context.internalAdapter.findCredentialAccount(person)
      if (login) await context.internalAdapter.updateAccount(login.id, { password })
      else
        await context.internalAdapter.createAccount({
          userId: person,
          providerId: 'credential',
          accountId: person,
          password,
        })
    },
    change: async (person, to) => void (await context.internalAdapter.updateUser(person, to)),
    linked: async (person) => (await context.internalAdapter.findAccounts(person)).some(isOidc),
    async unlink(person) {
      for (const login of await context.internalAdapter.findAccounts(person))
        if (isOidc(login)) await context.internalAdapter.deleteAccount(login.id)
    },
    hasPassword: async (person) => Boolean((await context.internalAdapter.findCredentialAccount(person))?.password),
  }
}
