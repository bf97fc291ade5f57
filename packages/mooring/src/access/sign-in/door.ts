/** The way to the sign-in library: opened at the first question, asked in its own routes, its refusals in our words. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { isMooringError, MooringError } from '../../error.ts'
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
  type OidcProvider,
  openLibrary,
} from './library.ts'
import type { SignInMail } from './mail.ts'
import { type SignInValues, signInValues } from './values.ts'

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

interface Opened {
  library: Library
  values: SignInValues
  secret: string
  /** The secret is the store's, and not this process's own until it ends. */
  lasting: boolean
}

/** The OpenID provider is asked anew so often and no more often, in ms. */
const REOPEN_MS = 5000

export type Door = ReturnType<typeof createDoor>

export function createDoor(options: SignInOptions) {
  const { runtime, store, vault, workspace, baseUrl, mail, oidc } = options
  const sessionCookie = cookieName(baseUrl, 'session')
  const origin = new URL(baseUrl).origin
  let opening: Promise<Opened> | undefined
  const asked = new AsyncLocalStorage<{ fault?: unknown }>()

  const onFault = (fault: unknown) => {
    const question = asked.getStore()
    if (question && isMooringError(fault)) question.fault = fault
  }

  /** The library turns a database that is away into an answer of its own: what truly failed is thrown instead. */
  const truly = <T>(question: () => Promise<T>): Promise<T> => {
    const heard: { fault?: unknown } = {}
    return asked.run(heard, async () => {
      try {
        return await question()
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: the fault is the cause of whatever was answered or thrown
        if (heard.fault !== undefined) throw heard.fault
      }
    })
  }

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
    const { secret, lasting } = openOr(made.secret, made.id)
    const values = telling(signInValues(runtime, store, secret), onFault)
    return { secret, lasting, values, library: await libraryOver(values, secret) }
  }

  const libraryOver = (values: SignInValues, secret: string) =>
    openLibrary({ runtime, store, values, secret, baseUrl, mail, oidc, onFault })

  let reopened = Number.NEGATIVE_INFINITY
  /**
   * The library asks the OpenID provider once, when it opens, and knows it not for as long as it lives where that failed:
   * it is opened anew. False: that was tried a moment ago.
   */
  async function reopen(): Promise<boolean> {
    if (runtime.now() - reopened < REOPEN_MS) return false
    reopened = runtime.now()
    const before = await opened()
    opening = Promise.resolve({ ...before, library: await libraryOver(before.values, before.secret) })
    return true
  }

  /** A question that needs the OpenID provider. Throws `provider_unavailable`. */
  async function askOidc(
    asking: Asking,
    ...question: [method: 'GET' | 'POST', path: string, body?: Record<string, unknown>]
  ) {
    try {
      return await ask(asking, ...question)
    } catch (error) {
      if (!isMooringError(error) || error.code !== 'provider_unavailable' || !(await reopen())) throw error
      return ask(asking, ...question)
    }
  }

  /**
   * A key that was taken out too early must not lock out the one who has to put it back: then this process signs with a
   * secret of its own, until it ends. Older sessions do not count, and codes of an authenticator app cannot be checked;
   * the operator's link, passwords and passkeys open the door.
   */
  function openOr(sealed: string, record: string): { secret: string; lasting: boolean } {
    try {
      return { secret: vault.open(sealed, { workspace, record, field: 'secret' }), lasting: true }
    } catch (error) {
      if (!isMooringError(error) || error.code !== 'vault_unknown_key') throw error
      runtime.log.error({ code: error.code, detail: error.detail }, 'the sign-in secret does not open')
      return { secret: runtime.random(32).toString('base64url'), lasting: false }
    }
  }

  /** What is encrypted now must open after a restart. Throws `vault_unknown_key`. */
  async function requireLasting(): Promise<void> {
    if ((await opened()).lasting) return
    throw new MooringError('vault_unknown_key', 'A key of this server is missing: this has to wait until it is back.', {
      detail: 'Put the missing key back into MOORING_VAULT_KEYS and restart: `mooring keys status` names it.',
    })
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
    const response = await truly(() => library.handler(request))
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
    const { found, headers } = await truly(() => library.session(headersOf(asking)))
    return found && { ...found, cookies: headers.getSetCookie() }
  }

  async function requirePresent(asking: Asking): Promise<FoundSession> {
    const found = await present(asking)
    if (!found) throw new MooringError('unauthorized', 'Sign in first.')
    return found
  }

  return { opened, requireLasting, ask, askOidc, headersOf, here, present, requirePresent }
}

/** The same values, of whose faults somebody hears. */
function telling(values: SignInValues, onFault: (fault: unknown) => void): SignInValues {
  const heard = <A extends unknown[], T>(work: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      try {
        return await work(...args)
      } catch (fault) {
        onFault(fault)
        throw fault
      }
    }
  }
  return {
    ...values,
    get: heard(values.get),
    getAndDelete: heard(values.getAndDelete),
    set: heard(values.set),
    delete: heard(values.delete),
    increment: heard(values.increment),
    limits: { consume: heard(values.limits.consume), reset: heard(values.limits.reset) },
  }
}
