/** Meta's own fetching of a file from the address that a caller names. */
import { MediaReader, type ReadMedia } from './reader.ts'

/** Why nothing came of it. */
export type Unfetched = 'address' | 'unreachable' | 'redirect' | 'status' | 'type' | 'too-large' | 'too-slow'

export interface FetchRules {
  /** In bytes: what comes after is not read. */
  most: number
  /** In real milliseconds, for all of it. */
  timeoutMs: number
}

/** As Meta's crawler calls itself (developers.facebook.com, "Reels Publishing API"). */
const AGENT = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'

/** Judges an answer before its body is read. */
export function judgeHead({ status, headers }: Pick<Response, 'status' | 'headers'>): Unfetched | undefined {
  if (status >= 300 && status < 400) return 'redirect'
  if (status !== 200) return 'status'
  return /^(image|video)\//i.test(headers.get('content-type') ?? '') ? undefined : 'type'
}

/** Only http and https, and no address that holds a user's name. */
export function judgeAddress(url: string): URL | undefined {
  const parsed = URL.parse(url)
  const fine = parsed && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === ''
  return fine ? parsed : undefined
}

export async function fetchMedia(url: string, { most, timeoutMs }: FetchRules): Promise<ReadMedia | Unfetched> {
  const address = judgeAddress(url)
  if (!address) return 'address'
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(address, { redirect: 'manual', headers: { 'user-agent': AGENT }, signal })
    const wrong = judgeHead(response)
    if (wrong) {
      await response.body?.cancel()
      return wrong
    }
    const reader = new MediaReader()
    for await (const piece of response.body ?? []) {
      reader.push(piece)
      // Leaving the loop ends the connection.
      if (reader.size > most) return 'too-large'
    }
    return reader.end()
  } catch {
    return signal.aborted ? 'too-slow' : 'unreachable'
  }
}
