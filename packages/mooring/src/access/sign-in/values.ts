/**
 * The library's values (sessions, second steps, counters) in our table: under the SHA-256 of their key, encrypted, and
 * over when their time is, by our clock. What is a person's is known as theirs, so that it can be listed and ended.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import type { Runtime } from '../../runtime.ts'
import type { Store } from '../../store/store.ts'

/** As the library wants its second store: seconds to live; a value is text. */
export interface LibraryStorage {
  get(key: string): Promise<string | null>
  getAndDelete(key: string): Promise<string | null>
  set(key: string, value: string, ttl?: number): Promise<void>
  delete(key: string): Promise<void>
  increment(key: string, ttl: number): Promise<number>
  limits: {
    consume(
      key: string,
      rule: { window: number; max: number },
    ): Promise<{ allowed: boolean; retryAfter: number | null }>
    /** Counts from nothing again. */
    reset(key: string): Promise<void>
  }
}

export interface StoredSession {
  hash: Buffer
  id: string
  startedAt: Date
  usedAt: Date
  address: string | undefined
  browser: string | undefined
}

export interface SignInValues extends LibraryStorage {
  sessions(person: string): Promise<StoredSession[]>
  /**
   * Ends all of a person's sessions but the one of this token, and forgets as `forget`. Returns how many sessions ended.
   */
  endSessions(person: string, butToken?: string): Promise<number>
  endSession(session: StoredSession): Promise<void>
  /** Drops whatever else was given out in a person's name: known browsers, reset links, half a sign-in, a new address. */
  forget(person: string): Promise<void>
}

/** Under which an address waits that a person has not proved yet. */
export const newAddressOf = (person: string): string => `new-address:${person}`

/** The longest that anything of the library lives. */
const LONGEST_SECONDS = 30 * 86_400
const CIPHER = 'aes-256-gcm'
const IV = 12
const TAG = 16

export const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()

export function signInValues(runtime: Runtime, store: Store, secret: string): SignInValues {
  const { signIn } = store
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'mooring/v1/sign-in-values', 32))
  const now = () => new Date(runtime.now())
  const after = (seconds: number) => new Date(runtime.now() + seconds * 1000)

  // Bound to its own key: a value that is moved under another does not open.
  const encrypt = (hash: Buffer, text: string): string => {
    const iv = runtime.random(IV)
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG }).setAAD(hash)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }
  /** Undefined: it is not what was written here. */
  const decrypt = (hash: Buffer, value: string): string | undefined => {
    const body = Buffer.from(value, 'base64url')
    if (body.length < IV + TAG) return undefined
    try {
      const decipher = createDecipheriv(CIPHER, key, body.subarray(0, IV), { authTagLength: TAG }).setAAD(hash)
      decipher.setAuthTag(body.subarray(-TAG))
      return Buffer.concat([decipher.update(body.subarray(IV, -TAG)), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  }
  const opened = (hash: Buffer, value: string | undefined): string | null =>
    value === undefined ? null : (decrypt(hash, value) ?? null)

  async function sessions(person: string): Promise<StoredSession[]> {
    const rows = await signIn.valuesOf(person, now())
    return rows.flatMap(({ key_hash, value }) => {
      const session = sessionIn(decrypt(key_hash, value) ?? '')
      return session ? [{ hash: key_hash, ...session }] : []
    })
  }

  return {
    async get(name) {
      const hash = hashOf(name)
      return opened(hash, await signIn.value(hash, now()))
    },
    async getAndDelete(name) {
      const hash = hashOf(name)
      return opened(hash, await signIn.takeValue(hash, now()))
    },
    async set(name, value, ttl = LONGEST_SECONDS) {
      const hash = hashOf(name)
      const person = sessionIn(value)?.person ?? namedIn(name, value)
      await signIn.putValue(hash, { value: encrypt(hash, value), person, expiresAt: after(ttl), now: now() })
    },
    delete: (name) => signIn.dropValue(hashOf(name), now()),
    increment: async (name, ttl) => (await signIn.countUp(hashOf(name), after(ttl), now())).count,
    limits: {
      async consume(name, { window, max }) {
        const { count, expiresAt } = await signIn.countUp(hashOf(`limit ${name}`), after(window), now())
        if (count <= max) return { allowed: true, retryAfter: null }
        return { allowed: false, retryAfter: Math.max(1, Math.ceil((expiresAt.getTime() - runtime.now()) / 1000)) }
      },
      reset: (key) => signIn.dropValue(hashOf(`limit ${key}`), now()),
    },
    sessions,
    async endSessions(person, butToken) {
      const kept = butToken === undefined ? undefined : hashOf(butToken)
      const ended = (await sessions(person)).filter(({ hash }) => !kept || !hash.equals(kept))
      await signIn.dropValue(hashOf(newAddressOf(person)), now())
      await signIn.dropOf(person, kept ? [kept] : [], now())
      return ended.length
    },
    endSession: ({ hash }) => signIn.dropValue(hash, now()),
    async forget(person) {
      await signIn.dropValue(hashOf(newAddressOf(person)), now())
      const kept = (await sessions(person)).map(({ hash }) => hash)
      await signIn.dropOf(person, kept, now())
    },
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whom a known browser, a reset link or half a sign-in is of: the library's own form of them. Pure. */
function namedIn(name: string, value: string): string | undefined {
  if (!name.startsWith('verification:')) return undefined
  try {
    const { value: person } = JSON.parse(value) as { value?: unknown }
    return typeof person === 'string' && UUID.test(person) ? person : undefined
  } catch {
    return undefined
  }
}

/** Undefined for a value that is no session. Pure. */
function sessionIn(value: string): (Omit<StoredSession, 'hash'> & { person: string }) | undefined {
  if (!value.startsWith('{')) return undefined
  try {
    const { session } = JSON.parse(value) as { session?: Record<string, unknown> }
    if (typeof session?.userId !== 'string' || typeof session.id !== 'string') return undefined
    return {
      person: session.userId,
      id: session.id,
      startedAt: new Date(String(session.createdAt)),
      usedAt: new Date(String(session.updatedAt)),
      address: text(session.ipAddress),
      browser: text(session.userAgent),
    }
  } catch {
    return undefined
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
