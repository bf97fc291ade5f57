import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { clientRefused, missing, repeatedParameter } from './errors.ts'

/** The form of a request to the token, introspection or revocation endpoint, with the faults all three share judged. */
export function readForm(ask: Ask, required: readonly string[]): URLSearchParams | Answer {
  // Anything but a form is read as no parameters at all, and so are parameters in the query.
  const fields = form(ask) ?? new URLSearchParams()
  const twice = repeated(fields)
  if (twice) return repeatedParameter(twice)
  const absent = required.find((name) => !field(fields, name))
  if (absent) return missing(absent)
  // LinkedIn knows client_secret_post only; Basic is answered as if there were no secret (next-auth issue 5220).
  if (/^basic /i.test(ask.headers.get('authorization') ?? '')) return missing('client_secret')
  return fields
}

export const isAnswer = <T extends object>(value: T | Answer): value is Answer => 'status' in value && 'body' in value

/** client_secret_post. The secret is asked for before the id, so that Basic always reads "client_secret" is missing. */
export function judgeClient(fields: URLSearchParams, apps: readonly App[]): App | Answer {
  const secret = field(fields, 'client_secret')
  if (!secret) return missing('client_secret')
  const clientId = field(fields, 'client_id')
  if (!clientId) return missing('client_id')
  const app = apps.find((known) => known.clientId === clientId)
  if (!app || app.secretRefused || app.clientSecret !== secret) return clientRefused()
  return app
}
