/** How people sign in to the console: what the routes ask, in our words and our errors, of the library behind it. */
import { MooringError } from '../../error.ts'
import type { Runtime } from '../../runtime.ts'
import type { Store } from '../../store/store.ts'
import type { Vault } from '../../vault/vault.ts'
import { refusal } from './answers.ts'
import {
  ADDRESS_HEADER,
  cookieName,
  type FoundSession,
  LIBRARY_PATH,
  type Library,
  OIDC,
  type OidcProvider,
  openLibrary,
} from './library.ts'
import type { SignInMail } from './mail.ts'
import { requireStrong } from './strength.ts'
import { hashOf, type SignInValues, type StoredSession, signInValues } from './values.ts'

/** What a browser shows of itself. */
export interface Asking {
  headers: Headers
  /** Whence it asks; undefined where the host does not say. */
  address: string | undefined
}

/** What a browser is to keep. */
export interface Cookies {
  cookies: string[]
}

export interface SignInOptions {
  runtime: Runtime
  store: Store
  vault: Vault
  /** The server's own workspace, where the secret lies. */
  workspace: string
  baseUrl: string
  mail: SignInMail | undefined
  oidc: OidcProvider | undefined
}

/** Wrong passwords for one address in an hour, from wherever they come. */
const MOST_WRONG = 20
const WRONG_SECONDS = 3600
const LINK_MS = 24 * 3_600_000

interface Opened {
  library: Library
  values: SignInValues
}

export type SignIn = ReturnType<typeof createSignIn>

export function createSignIn(options: SignInOptions) {
  const { runtime, store, vault, workspace, baseUrl, mail, oidc } = options
  const sessionCookie = cookieName(baseUrl, 'session')
  const origin = new URL(baseUrl).origin
  let opening: Promise<Opened> | undefined

  const opened = (): Promise<Opened> => {
    opening ??= open().catch((error) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function open(): Promise<Opened> {
    const id = runtime.uuid()
    const made = await store.signIn.secret(workspace, id, () =>
      vault.seal(runtime.random(32).toString('base64url'), { workspace, record: id, field: 'secret' }),
    )
    const secret = vault.open(made.secret, { workspace, record: made.id, field: 'secret' })
    const values = signInValues(runtime, store, secret)
    const library = await openLibrary({ runtime, store, values, secret, baseUrl, mail, oidc })
    return { library, values }
  }

  /** What the library may see of a request: no key, no header that a proxy or a stranger set. */
  function headersOf({ headers, address }: Asking): Headers {
    const seen = new Headers({ origin })
    for (const name of ['cookie', 'user-agent']) {
      const value = headers.get(name)
      if (value !== null) seen.set(name, value.slice(0, 8000))
    }
    if (address !== undefined) seen.set(ADDRESS_HEADER, address)
    return seen
  }

  /** One question to a route of the library. Throws what its refusal means. */
  async function ask(
    asking: Asking,
    method: 'GET' | 'POST',
    path: string,
    body?: Record<string, unknown>,
  ): Promise<Cookies & { body: Record<string, unknown>; location: string | undefined }> {
    const { library } = await opened()
    const headers = headersOf(asking)
    if (body) headers.set('content-type', 'application/json')
    const request = new Request(`${baseUrl}${LIBRARY_PATH}${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const response = await library.handler(request)
    const answer = await response.json().catch(() => ({}))
    if (response.status >= 400) throw refusal(response.status, answer, response.headers.get('x-retry-after'))
    return {
      body: (answer ?? {}) as Record<string, unknown>,
      cookies: response.headers.getSetCookie(),
      location: response.headers.get('location') ?? undefined,
    }
  }

  const here = (asking: Asking): boolean => (asking.headers.get('cookie') ?? '').includes(`${sessionCookie}=`)

  async function present(asking: Asking): Promise<(FoundSession & Cookies) | undefined> {
    if (!here(asking)) return undefined
    const { library } = await opened()
    const { found, headers } = await library.session(headersOf(asking))
    return found && { ...found, cookies: headers.getSetCookie() }
  }

  async function requirePresent(asking: Asking): Promise<FoundSession> {
    const found = await present(asking)
    if (!found) throw new MooringError('unauthorized', 'Sign in first.')
    return found
  }

  async function enter(asking: Asking, person: string): Promise<Cookies & { person: string }> {
    const { library } = await opened()
    return { person, cookies: (await library.enter(person, headersOf(asking))).getSetCookie() }
  }

  const wrongOf = (email: string) => hashOf(`wrong ${email.toLowerCase()}`)

  async function requireTriesLeft(email: string): Promise<void> {
    const wrong = await store.signIn.counted(wrongOf(email), new Date(runtime.now()))
    if (!wrong || wrong.count < MOST_WRONG) return
    const retryAfter = Math.max(1, Math.ceil((wrong.expiresAt.getTime() - runtime.now()) / 1000))
    throw new MooringError('rate_limited', 'Too many wrong passwords for this address. Wait, or use another way in.', {
      retryAfter,
    })
  }

  return {
    ways: () => ({ oidc: oidc?.name ?? null, resetByMail: mail !== undefined }),
    present,

    /** A link's token goes behind `#`: it reaches no server log and no Referer. */
    async newLink(): Promise<string> {
      const token = runtime.random(32).toString('base64url')
      await store.access.addLink(hashOf(token), new Date(runtime.now() + LINK_MS))
      return `${baseUrl}/setup#${token}`
    },

    /** By the link that the terminal printed, good once; the first makes the owner. Throws `unauthorized`. */
    async byLink(asking: Asking, token: string) {
      const owner = { id: runtime.uuid(), name: 'Owner', workspace }
      const person = await store.access.useLink(hashOf(token), owner, new Date(runtime.now()))
      if (person) return enter(asking, person.id)
      throw new MooringError(
        'unauthorized',
        'This sign-in link was used already, or is too old. Run `npx mooring sign-in-link` for a new one.',
      )
    },

    /** Throws `sign_in_failed`, which never says whether the address is known, and `rate_limited`. */
    async byPassword(
      asking: Asking,
      email: string,
      password: string,
    ): Promise<Cookies & ({ person: string } | { person: undefined; secondStep: true })> {
      await requireTriesLeft(email)
      try {
        const { body, cookies } = await ask(asking, 'POST', '/sign-in/email', { email, password })
        if (body.twoFactorRedirect === true) return { cookies, person: undefined, secondStep: true }
        await store.signIn.dropValue(wrongOf(email))
        return { cookies, person: personIn(body) }
      } catch (error) {
        const now = runtime.now()
        if (error instanceof MooringError && error.code === 'sign_in_failed')
          await store.signIn.countUp(wrongOf(email), new Date(now + WRONG_SECONDS * 1000), new Date(now))
        throw error
      }
    },

    /** `remember`: this browser is not asked for a code for thirty days. */
    async bySecondStep(asking: Asking, kind: 'totp' | 'backup', code: string, remember: boolean) {
      const path = kind === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
      const { body, cookies } = await ask(asking, 'POST', path, { code: code.trim(), trustDevice: remember })
      return { cookies, person: personIn(body) }
    },

    passkeyOptions: (asking: Asking) => ask(asking, 'GET', '/passkey/generate-authenticate-options'),
    async byPasskey(asking: Asking, response: Record<string, unknown>) {
      const { body, cookies } = await ask(asking, 'POST', '/passkey/verify-authentication', { response })
      return { cookies, person: personIn(body) }
    },

    /** Where the browser goes to sign in at the OpenID provider, and, of somebody who is signed in, to link it. */
    async oidcStart(asking: Asking, link: boolean) {
      if (!oidc) throw new MooringError('not_found', 'That does not exist.')
      const urls = { callbackURL: `${baseUrl}/accounts`, errorCallbackURL: `${baseUrl}/sign-in` }
      const path = link ? '/link-social' : '/sign-in/social'
      const { body, cookies } = await ask(asking, 'POST', path, { provider: OIDC, disableRedirect: true, ...urls })
      return { url: String(body.url), cookies }
    },
    /** Back from there: where the browser goes now. */
    async oidcReturn(asking: Asking, search: string) {
      if (!oidc) throw new MooringError('not_found', 'That does not exist.')
      const { location, cookies } = await ask(asking, 'GET', `/callback/${OIDC}${search}`)
      return { location: location ?? `${baseUrl}/accounts`, cookies }
    },

    async out(asking: Asking): Promise<Cookies> {
      return here(asking) ? ask(asking, 'POST', '/sign-out', {}) : { cookies: [] }
    },

    // Below: somebody who is signed in, about themselves.

    async sessions(asking: Asking): Promise<(StoredSession & { current: boolean })[]> {
      const found = await requirePresent(asking)
      const { values } = await opened()
      const all = await values.sessions(found.person)
      return all
        .map((one) => ({ ...one, current: one.id === found.id }))
        .sort((a, b) => Number(b.current) - Number(a.current) || b.usedAt.getTime() - a.usedAt.getTime())
    },
    async endSession(asking: Asking, id: string): Promise<boolean> {
      const found = await requirePresent(asking)
      const { values } = await opened()
      const one = (await values.sessions(found.person)).find((session) => session.id === id)
      if (one) await values.endSession(one)
      return one !== undefined
    },
    async endOtherSessions(asking: Asking): Promise<number> {
      const found = await requirePresent(asking)
      const { values } = await opened()
      return values.endSessions(found.person, found.token)
    },
    /** All of a person who was put out. */
    async endSessionsOf(person: string): Promise<void> {
      const { values } = await opened()
      await values.endSessions(person)
    },

    /** Throws `conflict` where another person has this address. */
    async change(person: string, { name, email }: { name?: string | undefined; email?: string | undefined }) {
      const address = email?.toLowerCase()
      const other = address === undefined ? undefined : await store.people.byEmail(address)
      if (other && other.id !== person)
        throw new MooringError('conflict', 'Another person here has this e-mail address.', {
          fields: [{ path: 'email', message: 'is taken' }],
        })
      const { library } = await opened()
      await library.change(person, {
        ...(name === undefined ? {} : { name }),
        ...(address === undefined ? {} : { email: address, emailVerified: false }),
      })
    },
    async hasPassword(person: string): Promise<boolean> {
      return (await opened()).library.hasPassword(person)
    },
    /** Ends all other sessions. Throws `weak_password`, `sign_in_failed` where the one of now is wrong. */
    async setPassword(asking: Asking, current: string | undefined, password: string): Promise<void> {
      const found = await requirePresent(asking)
      const { library, values } = await opened()
      const person = await store.people.byId(found.person)
      await requireStrong(password, [person?.email ?? null, person?.name ?? null])
      if (await library.hasPassword(found.person)) {
        if (current === undefined) throw refusal(400, { code: 'INVALID_PASSWORD' }, null)
        await ask(asking, 'POST', '/change-password', { currentPassword: current, newPassword: password })
      } else {
        await library.setPassword(found.person, await library.hash(password))
      }
      await values.endSessions(found.person, found.token)
    },
    async hashPassword(password: string, own: readonly (string | null)[]): Promise<string> {
      await requireStrong(password, own)
      return (await opened()).library.hash(password)
    },
    enter,

    /** The same answer whether or not anybody has this address. */
    async requestReset(asking: Asking, email: string): Promise<void> {
      if (!mail) throw new MooringError('not_found', 'Letters are not set up here. Ask whoever runs this server.')
      await ask(asking, 'POST', '/request-password-reset', { email })
    },
    /** Throws `link_over`, `weak_password`. Ends every session of the person. */
    async reset(asking: Asking, token: string, password: string): Promise<void> {
      await requireStrong(password, [])
      await ask(asking, 'POST', '/reset-password', { token, newPassword: password })
    },

    async startTotp(asking: Asking, password: string | undefined) {
      const { body } = await ask(asking, 'POST', '/two-factor/enable', { ...(password ? { password } : {}) })
      return { uri: String(body.totpURI), backupCodes: body.backupCodes as string[] }
    },
    async confirmTotp(asking: Asking, code: string) {
      const { cookies } = await ask(asking, 'POST', '/two-factor/verify-totp', { code: code.trim() })
      return { cookies }
    },
    async endTotp(asking: Asking, password: string | undefined) {
      const { cookies } = await ask(asking, 'POST', '/two-factor/disable', { ...(password ? { password } : {}) })
      return { cookies }
    },

    passkeyRegistration: (asking: Asking) => ask(asking, 'GET', '/passkey/generate-register-options'),
    async addPasskey(asking: Asking, response: Record<string, unknown>, name: string) {
      return (await ask(asking, 'POST', '/passkey/verify-registration', { response, name })).body
    },
    async passkeys(asking: Asking) {
      const { body } = await ask(asking, 'GET', '/passkey/list-user-passkeys')
      return body as unknown as { id: string; name: string | null; createdAt: string; backedUp: boolean }[]
    },
    async removePasskey(asking: Asking, id: string): Promise<void> {
      await ask(asking, 'POST', '/passkey/delete-passkey', { id })
    },
  }
}

function personIn(body: Record<string, unknown>): string {
  const { id } = (body.user ?? {}) as { id?: unknown }
  if (typeof id === 'string') return id
  throw new MooringError('internal', 'The server made a mistake. Nothing was lost.', {
    detail: 'The sign-in library named nobody.',
  })
}
