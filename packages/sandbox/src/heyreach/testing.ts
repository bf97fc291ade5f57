import { expect } from 'vitest'
import { bench } from '../core/testing.ts'
import type { Reply } from '../kit.ts'
import type { HeyReachCommand } from './control/command.ts'
import { API, BASE } from './origins.ts'

/** What the tests of HeyReach share: the bench, and a client that sends its key. */
export const PROBLEM = 'application/problem+json; charset=utf-8'

/** A refused input, by the names of its fields. */
export const refused = (...names: string[]) => ({
  status: 400,
  title: 'One or more validation errors occurred.',
  type: expect.stringContaining('rfc9110'),
  traceId: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
  errors: Object.fromEntries(names.map((name) => [name, [expect.any(String)]])),
})

export function heyreachKit() {
  const on = bench('heyreach', [])
  const headers = () => ({ 'x-api-key': on.app.clientSecret })
  const send = (method: string, path: string, init: RequestInit = {}): Promise<Reply> =>
    on.send(`${API}${BASE}${path}`, { method, headers: headers(), ...init })
  const post = (path: string, body: unknown, more: RequestInit = {}): Promise<Reply> =>
    send('POST', path, {
      headers: { ...headers(), 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...more,
    })
  return {
    get sandbox() {
      return on.sandbox
    },
    headers,
    /** With the key, unless `init` has other headers. */
    send,
    get: (path: string): Promise<Reply> => send('GET', path),
    post,
    steer: (heyreach: HeyReachCommand): void => on.sandbox.control.apply({ heyreach }),
    settings: (settings: NonNullable<HeyReachCommand['settings']>): void =>
      on.sandbox.control.apply({ heyreach: { settings } }),
    /** Starts to give the service a LinkedIn account of `sandbox.example`. */
    add: (key: string, password = 'sandbox-password'): Promise<Reply> =>
      post('/senders/linkedin', { email: `${key}@sandbox.example`, password }),
    verify: (sender_id: number, code = '123456'): Promise<Reply> =>
      post('/senders/linkedin/verify', { sender_id, code }),
    shown: () => on.sandbox.control.state().heyreach,
    advance: (seconds: number): void => on.sandbox.control.advance(seconds),
  }
}
