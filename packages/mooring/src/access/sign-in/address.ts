/**
 * A person's e-mail address. Where letters are set up, another one counts once its holder has opened the letter, signed in
 * as who asked for it: an address that nobody proved is nobody's way in, and a stranger who clicks proves nothing.
 */
import { timingSafeEqual } from 'node:crypto'
import { MooringError } from '../../error.ts'
import type { Asking, Door, SignInOptions } from './door.ts'
import type { Proof } from './proof.ts'
import { hashOf, newAddressOf } from './values.ts'

const LIFE_SECONDS = 86_400
/** Letters to one address, and of one person, in an hour. */
const LETTERS = { window: 3600, max: 5 }

interface Waiting {
  email: string
  /** SHA-256 of the letter's token, in hex. */
  token: string
}

export function ownAddress({ opened, requirePresent }: Door, proof: Proof, options: SignInOptions) {
  const { runtime, store, baseUrl, mail } = options

  async function waiting(person: string): Promise<Waiting | undefined> {
    const { values } = await opened()
    const text = await values.get(newAddressOf(person))
    return text === null ? undefined : (JSON.parse(text) as Waiting)
  }

  /** Throws `mail_failed`, `rate_limited`. */
  async function askHolder(person: string, email: string): Promise<void> {
    if (!mail) throw new MooringError('not_found', 'Letters are not set up here. Ask whoever runs this server.')
    const { values } = await opened()
    for (const whose of [email, person]) {
      const { allowed, retryAfter } = await values.limits.consume(`letters ${whose}`, LETTERS)
      if (!allowed)
        throw new MooringError('rate_limited', 'Too many letters within an hour. Wait for the last one to come.', {
          retryAfter: retryAfter ?? LETTERS.window,
        })
    }
    const token = runtime.random(32).toString('base64url')
    const value: Waiting = { email, token: hashOf(token).toString('hex') }
    await values.set(newAddressOf(person), JSON.stringify(value), LIFE_SECONDS)
    try {
      await mail.confirm(email, `${baseUrl}/confirm-address#${token}`)
    } catch (error) {
      await values.delete(newAddressOf(person))
      throw error
    }
  }

  async function requireFree(person: string, email: string): Promise<void> {
    const other = await store.people.byEmail(email)
    if (!other || other.id === person) return
    throw new MooringError('conflict', 'Another person here has this e-mail address.', {
      fields: [{ path: 'email', message: 'is taken' }],
    })
  }

  async function take(person: string, email: string, emailVerified: boolean): Promise<void> {
    const { library, values } = await opened()
    await requireFree(person, email)
    await library.change(person, { email, emailVerified })
    // A reset link that went to the old address opens nothing any more.
    await values.forget(person)
  }

  return {
    /** The address that waits for its letter to be opened. */
    waits: async (person: string): Promise<string | null> => (mail ? ((await waiting(person))?.email ?? null) : null),

    /**
     * The first address counts at once; another one when its letter was opened, or at once where no letters are set up. The
     * one of now again: what waits is forgotten.
     * Throws `sign_in_failed`, `sign_in_again`, `conflict`, `mail_failed`, `rate_limited`.
     */
    async change(asking: Asking, person: string, email: string, password: string | undefined): Promise<void> {
      const address = email.toLowerCase()
      const now = await store.people.byId(person)
      if (address === now?.email) return (await opened()).values.delete(newAddressOf(person))
      await proof.require(asking, password)
      await requireFree(person, address)
      if (mail && now?.email != null) return askHolder(person, address)
      await take(person, address, false)
    },

    /** Another letter: to the address that waits, else to one that nobody proved yet. */
    async askAgain(person: string): Promise<void> {
      const now = await store.people.byId(person)
      const email = (await waiting(person))?.email ?? (now?.email_verified ? null : now?.email)
      if (email == null) throw new MooringError('conflict', 'Your e-mail address is confirmed already.')
      await askHolder(person, email)
    },

    /** Throws `link_over`, and `conflict` where somebody else took the address meanwhile. */
    async confirm(asking: Asking, token: string): Promise<void> {
      const { person } = await requirePresent(asking)
      const wanted = await waiting(person)
      if (!wanted || !timingSafeEqual(Buffer.from(wanted.token, 'hex'), hashOf(token)))
        throw new MooringError(
          'link_over',
          'This link is for somebody else, was used already, or is too old. Sign in as who asked for it, or ask for a new one.',
        )
      await take(person, wanted.email, true)
    },
  }
}
