import { createHmac } from 'node:crypto'
import { type Ask, field, form, text } from '../core/ask.ts'
import { multipartFields } from './multipart.ts'

const typeOf = (ask: Ask): string => ask.headers.get('content-type') ?? ''

/** A form of either kind; nothing where the body is another thing. */
export const formFields = (ask: Ask): URLSearchParams =>
  form(ask) ??
  (/^multipart\/form-data\b/i.test(typeOf(ask)) ? multipartFields(typeOf(ask), ask.body) : undefined) ??
  new URLSearchParams()

function jsonFields(ask: Ask): [string, string][] {
  if (!/^application\/json\b/i.test(typeOf(ask))) return []
  try {
    const parsed: unknown = JSON.parse(text(ask))
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return []
    return Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
  } catch {
    return []
  }
}

/** Query, form and JSON body in one: Facebook's Graph API takes any of them. */
export function paramsOf(ask: Ask): URLSearchParams {
  const params = new URLSearchParams(ask.query)
  for (const [name, value] of [...formFields(ask), ...jsonFields(ask)]) params.set(name, value)
  return params
}

/** The token of a parameter or of the header, which may say `Bearer` or `OAuth`. */
export const tokenOf = (ask: Ask, params: URLSearchParams): string | undefined =>
  field(params, 'access_token') ?? /^(?:Bearer|OAuth) +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]

/** Lower-case hex of HMAC-SHA256 with the app's secret over the token (developers.facebook.com, "Secure requests"). */
export const proofOf = (secret: string, token: string): string =>
  createHmac('sha256', secret).update(token).digest('hex')
