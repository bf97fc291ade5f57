/**
 * The library's values (sessions, second steps, counters) in our table: under the SHA-256 of their key, encrypted, and
 * over when their time is, by our clock. A session is known as its person's, so that all of one can be listed and ended.
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
  /** Ends all of a person's sessions but the one of this token. */
  endSessions(person: string, butToken?: string): Promise<number>
  endSession(session: StoredSession): Promise<void>
}

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
      const person = sessionIn(value)?.person
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
    },
    async sessions(person) {
      const rows = await signIn.sessions(person, now())
      return rows.flatMap(({ key_hash, value }) => {
        const session = sessionIn(decrypt(key_hash, value) ?? '')
        return session ? [{ hash: key_hash, ...session }] : []
      })
    },
    endSessions: (person, butToken) =>
      signIn.endSessions(person, butToken === undefined ? undefined : hashOf(butToken), now()),
    endSession: ({ hash }) => signIn.dropValue(hash, now()),
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
