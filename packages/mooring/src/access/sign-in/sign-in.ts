/** How people sign in to the console, each way in our words and our errors; the library behind it does the work. */
import { isMooringError, MooringError, unknownFault } from '../../error.ts'
import { type Asking, type Cookies, createDoor, type SignInOptions } from './door.ts'
import { OIDC } from './library.ts'
import { ownAccount } from './own-account.ts'
import { requireStrong } from './strength.ts'
import { addressOf, passwordTries } from './tries.ts'
import { hashOf } from './values.ts'

export type { Asking } from './door.ts'

const LINK_MS = 24 * 3_600_000

export type SignIn = ReturnType<typeof createSignIn>

export function createSignIn(options: SignInOptions) {
  const { runtime, store, workspace, baseUrl, mail, oidc } = options
  const door = createDoor(options)
  const { opened, ask, headersOf, here, present } = door
  const tries = passwordTries(opened)
  const own = ownAccount(door, tries, options)

  async function enter(asking: Asking, person: string): Promise<Cookies & { person: string }> {
    const { library } = await opened()
    return { person, cookies: (await library.enter(person, headersOf(asking))).getSetCookie() }
  }

  /** Letters that are on their way: who asked does not wait, or the time would tell whether the address is known. */
  const underway = new Set<Promise<void>>()
  const away = (work: Promise<void>): void => {
    const all = work.finally(() => underway.delete(all))
    underway.add(all)
  }

  async function requireLeft(whose: string, rule: { window: number; max: number }): Promise<void> {
    const { allowed, retryAfter } = await (await opened()).values.limits.consume(whose, rule)
    if (!allowed)
      throw new MooringError('rate_limited', 'Too many tries. Wait a moment.', {
        retryAfter: retryAfter ?? rule.window,
      })
  }
  async function requireLettersLeft(asking: Asking, email: string): Promise<void> {
    await requireLeft(`reset letters from ${asking.address ?? ''}`, { window: 600, max: 5 })
    await requireLeft(`reset letters to ${email.toLowerCase()}`, { window: 3600, max: 5 })
  }

  async function oidcWay(asking: Asking, path: string, urls: Record<string, string>) {
    const { body, cookies } = await door.askOidc(asking, 'POST', path, {
      provider: OIDC,
      disableRedirect: true,
      ...urls,
    })
    return { url: String(body.url), cookies }
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
      const whose = addressOf(email)
      await tries.spend(whose)
      const { body, cookies } = await ask(asking, 'POST', '/sign-in/email', { email, password })
      // Until the second step is taken, the try counts.
      if (body.twoFactorRedirect === true) return { cookies, person: undefined, secondStep: true }
      await tries.forgive(whose)
      return { cookies, person: personIn(body) }
    },

    /** `remember`: this browser is not asked for a code for thirty days. */
    async bySecondStep(asking: Asking, kind: 'totp' | 'backup', code: string, remember: boolean) {
      const path = kind === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
      const { body, cookies } = await ask(asking, 'POST', path, { code: code.trim(), trustDevice: remember })
      const person = personIn(body)
      const email = (await store.people.byId(person))?.email
      if (email != null) await tries.forgive(addressOf(email))
      return { cookies, person }
    },

    passkeyOptions: (asking: Asking) => ask(asking, 'GET', '/passkey/generate-authenticate-options'),
    async byPasskey(asking: Asking, response: Record<string, unknown>) {
      const { body, cookies } = await ask(asking, 'POST', '/passkey/verify-authentication', { response })
      return { cookies, person: personIn(body) }
    },

    /** Where the browser goes to sign in at the OpenID provider. Throws `provider_unavailable`. */
    async oidcStart(asking: Asking) {
      if (!oidc) throw new MooringError('not_found', 'That does not exist.')
      const urls = { callbackURL: `${baseUrl}/accounts`, errorCallbackURL: `${baseUrl}/sign-in` }
      return oidcWay(asking, '/sign-in/social', urls)
    },
    /** Where somebody who is signed in goes to link it: another way in, so it is proved first. */
    async oidcLink(asking: Asking, password: string | undefined) {
      if (!oidc) throw new MooringError('not_found', 'That does not exist.')
      const { person } = await own.prove(asking, password)
      if ((await store.people.byId(person))?.email === null)
        throw new MooringError('conflict', 'Set your e-mail address first.')
      const urls = { callbackURL: `${baseUrl}/settings/security`, errorCallbackURL: `${baseUrl}/settings/security` }
      return oidcWay(asking, '/link-social', urls)
    },
    /** Back from there: where the browser goes now. */
    async oidcReturn(asking: Asking, search: string) {
      if (!oidc) throw new MooringError('not_found', 'That does not exist.')
      try {
        const { location, cookies } = await door.askOidc(asking, 'GET', `/callback/${OIDC}${search}`)
        return { location: location ?? `${baseUrl}/accounts`, cookies }
      } catch (error) {
        // A browser that was sent here reads a page, and not an answer for a program.
        if (!isMooringError(error)) throw error
        return { location: `${baseUrl}/sign-in?error=${error.code}`, cookies: [] }
      }
    },

    async out(asking: Asking): Promise<Cookies> {
      return here(asking) ? ask(asking, 'POST', '/sign-out', {}) : { cookies: [] }
    },

    /** The same answer, in the same time, whether or not anybody has this address. Throws `rate_limited`. */
    async requestReset(asking: Asking, email: string): Promise<void> {
      if (!mail) throw new MooringError('not_found', 'Letters are not set up here. Ask whoever runs this server.')
      await requireLettersLeft(asking, email)
      away(
        ask(asking, 'POST', '/request-password-reset', { email }).then(
          () => undefined,
          (error) => runtime.log.error({ fault: unknownFault(error) }, 'a letter with a reset link was not sent'),
        ),
      )
    },
    /** Throws `link_over`, `weak_password`. Ends every session of the person. */
    async reset(asking: Asking, token: string, password: string): Promise<void> {
      // To judge a password costs: who has no link may not have it done for ever.
      await requireLeft(`reset ${asking.address ?? ''}`, { window: 600, max: 10 })
      await requireStrong(password, [])
      await ask(asking, 'POST', '/reset-password', { token, newPassword: password })
    },

    async hashPassword(password: string, own: readonly (string | null)[]): Promise<string> {
      await requireStrong(password, own)
      return (await opened()).library.hash(password)
    },
    enter,
    own,
    /** Waits for letters that are on their way. */
    async close(): Promise<void> {
      await Promise.all(underway)
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
