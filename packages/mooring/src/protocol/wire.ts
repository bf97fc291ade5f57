/** Reads an answer of a token endpoint: bounded, parsed, and nothing of it kept but the facts. */
import { MooringError } from '../error.ts'
import { normalise, type TokenFacts } from './normalise.ts'

/** A token answer is a few KB; whatever is longer is no token answer. */
export const MOST_BYTES = 256 * 1024
const DAY_SECONDS = 86_400

/** Throws MooringError `provider_answer_invalid` past the bound, and what the network throws. The content type is not asked: Meta sends text/javascript. */
export async function readAnswer(
  response: Response,
  now: number,
): Promise<TokenFacts & { retryAfter: number | undefined }> {
  const retryAfter = retryAfterOf(response.headers.get('retry-after'), now)
  const redirect = response.status >= 300 && response.status < 400
  if (redirect) await response.body?.cancel()
  return {
    ...normalise({ status: response.status, body: redirect ? undefined : await readJson(response) }),
    retryAfter,
  }
}

/** Bounded; undefined where it is not JSON. */
export async function readJson(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the body.
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MOST_BYTES) {
      // A failure's page may be as long as it likes: its status says what is needed.
      if (response.status >= 400) return undefined
      throw new MooringError('provider_answer_invalid', 'The platform sent more than it should.', {
        detail: `token endpoint: ${response.status} with over ${MOST_BYTES} bytes`,
      })
    }
    parts.push(part)
  }
  try {
    return JSON.parse(new TextDecoder().decode(Buffer.concat(parts)))
  } catch {
    return undefined
  }
}

/** Seconds from a number or a date (RFC 9110 §10.2.3), at most a day; undefined for what is neither. */
export function retryAfterOf(value: string | null, now: number): number | undefined {
  if (value === null) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), DAY_SECONDS)
}
