/** One authenticated request to a platform: fixed hosts, no redirects, bounded in size. The token leaves by the header alone. */
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { type ApiAnswer, type ApiCall, apiOriginsOf, type Provider, type Registration } from '../provider.ts'
import type { Runtime } from '../runtime.ts'

/** Identity and account answers are small; a page of a hundred roles is some 30 KB. */
const MOST_BYTES = 2 * 1024 * 1024

export function apiCall(runtime: Runtime, registration: Registration, accessToken: string, limitMs?: number): ApiCall {
  const { provider, client } = registration
  const origins = apiOriginsOf(registration)
  return async (request) => {
    const url = new URL(request.url)
    if (!origins.includes(url.origin)) {
      throw new MooringError('internal', 'That address is not one of this platform.', {
        detail: `${provider.id}: ${url.origin} is not among its API's origins`,
      })
    }
    try {
      const response = await runtime.fetch(signed(provider, request.url, accessToken, client?.clientSecret), {
        method: request.method ?? 'GET',
        headers: { accept: 'application/json', ...request.headers, ...shown(registration, accessToken) },
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(limitMs === undefined ? {} : { limitMs }),
      })
      return await readAnswer(response)
    } catch (error) {
      if (isMooringError(error)) throw error
      throw new MooringError('provider_unavailable', `${provider.name} is not answering.`, {
        detail: `${url.origin}: ${unknownFault(error)}`,
      })
    }
  }
}

/** A service that knows no tokens is shown the key; the seat stands in the request itself. */
const shown = ({ provider, client }: Registration, accessToken: string): Record<string, string> =>
  provider.credentials
    ? { [provider.credentials.keyHeader]: client?.clientSecret ?? '' }
    : { authorization: `Bearer ${accessToken}` }

/** With what the platform wants beside the token. Without a client secret there is nothing to prove, and the platform says so. */
export function signed(
  provider: Provider,
  target: string,
  accessToken: string,
  clientSecret: string | undefined,
): string {
  if (!provider.callParams || !clientSecret) return target
  const params = new URLSearchParams(provider.callParams({ accessToken, clientSecret }))
  return `${target}${target.includes('?') ? '&' : '?'}${params}`
}

/** Bounded in size. Throws MooringError `provider_answer_invalid`, and what a body fails with that breaks off. */
export async function readAnswer(response: Response): Promise<ApiAnswer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MOST_BYTES) {
      throw new MooringError('provider_answer_invalid', 'The platform sent more than it should.', {
        detail: `an answer of over ${MOST_BYTES} bytes`,
      })
    }
    parts.push(part)
  }
  const raw = Buffer.concat(parts).toString('utf8')
  return { status: response.status, headers: response.headers, body: parse(raw) }
}

/** Names of people and pages are stored as they come, but for what PostgreSQL stores in no text: NUL, and half a surrogate pair. */
const storable = (value: string): string => value.replaceAll('\0', '').toWellFormed()

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw, (_, value) => (typeof value === 'string' ? storable(value) : value))
  } catch {
    return undefined
  }
}
