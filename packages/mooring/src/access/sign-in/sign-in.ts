/** How people sign in to the console, each way in our words and our errors; the library behind it does the work. */
import { MooringError } from '../../error.ts'
import { type Asking, type Cookies, createDoor, type SignInOptions } from './door.ts'
import { OIDC } from './library.ts'
import { ownAccount } from './own-account.ts'
import { requireStrong } from './strength.ts'
import { hashOf } from './values.ts'

export type { Asking } from './door.ts'

/** Wrong passwords for one address in an hour, from wherever they come. */
const MOST_WRONG = 20
const WRONG_SECONDS = 3600
const LINK_MS = 24 * 3_600_000

export type SignIn = ReturnType<typeof createSignIn>

export function createSignIn(options: SignInOptions) {
  const { runtime, store, workspace, baseUrl, mail, oidc } = options
  const door = createDoor(options)
  const { opened, ask, headersOf, here, present } = door

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
        await store.signIn.dropValue(wrongOf(email), new Date(runtime.now()))
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
      const here = link ? await door.requirePresent(asking) : undefined
      if (here && (await store.people.byId(here.person))?.email === null)
        throw new MooringError('conflict', 'Set your e-mail address first.')
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

    /** The same answer whether or not anybody has this address. */
    async requestReset(asking: Asking, email: string): Promise<void> {
      if (!mail) throw new MooringError('not_found', 'Letters are not set up here. Ask whoever runs this server.')
      await ask(asking, 'POST', '/request-password-reset', { email })
    },
    /** Throws `link_over`, `weak_password`. Ends every session of the person. */
    async reset(asking: Asking, token: string, password: string): Promise<void> {
      // To judge a password costs: who has no link may not have it done for ever.
      const { values } = await opened()
      const limit = await values.limits.consume(`reset ${asking.address ?? ''}`, { window: 600, max: 10 })
      if (!limit.allowed)
        throw new MooringError('rate_limited', 'Too many tries. Wait a moment.', {
          retryAfter: limit.retryAfter ?? 600,
        })
      await requireStrong(password, [])
      await ask(asking, 'POST', '/reset-password', { token, newPassword: password })
    },

    async hashPassword(password: string, own: readonly (string | null)[]): Promise<string> {
      await requireStrong(password, own)
      return (await opened()).library.hash(password)
    },
    enter,
    own: ownAccount(door, options),
  }
}

function personIn(body: Record<string, unknown>): string {
  const { id } = (body.user ?? {}) as { id?: unknown }
  if (typeof id === 'string') return id
  throw new MooringError('internal', 'The server made a mistake. Nothing was lost.', {
    detail: 'The sign-in library named nobody.',
  })
}
