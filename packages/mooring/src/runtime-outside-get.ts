/** Reads what lies at an address that somebody entered: so much of it, in so much time, along so many redirects. */
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export interface GetLimits {
  accept: string
  /** Unpacked. What is longer is cut there. */
  bytes: number
  /** For all of it, in ms. */
  ms: number
  /** Origins that may be read wherever they are. */
  trusted: readonly string[]
}

export interface Got {
  status: number
  /** Where it was found in the end. */
  url: string
  /** As it was sent. */
  type: string | undefined
  body: Buffer
  /** False: it was cut. */
  whole: boolean
}

export interface GetRules {
  refused: (url: URL) => boolean
  /** Finds public addresses alone. */
  lookup: LookupFunction
  wordOf: (code: string | undefined) => string
}

const MOST_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Sites refuse what names itself in no way that they know. */
const WHO = 'Mozilla/5.0 (compatible; Mooring; +link preview)'

export async function reading(raw: string, limits: GetLimits, rules: GetRules): Promise<Got | { fault: string }> {
  const signal = AbortSignal.timeout(limits.ms)
  let at = raw
  try {
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const url = URL.canParse(at) ? new URL(at) : undefined
      const trusted = url !== undefined && limits.trusted.includes(url.origin)
      if (!url || !/^https?:$/.test(url.protocol) || (!trusted && rules.refused(url)))
        return { fault: 'address_refused' }
      const answer = await asked(url, limits.accept, signal, trusted ? undefined : rules.lookup)
      const { statusCode: status = 0, headers } = answer
      const { location } = headers
      if (REDIRECTS.has(status) && location !== undefined && URL.canParse(location, url)) {
        answer.destroy()
        at = new URL(location, url).href
        continue
      }
      return { status, url: url.href, type: headers['content-type'], ...(await bodyOf(answer, limits.bytes)) }
    }
    return { fault: 'redirects' }
  } catch (error) {
    return { fault: signal.aborted ? 'timeout' : rules.wordOf((error as NodeJS.ErrnoException).code) }
  }
}

function asked(
  url: URL,
  accept: string,
  signal: AbortSignal,
  lookup: LookupFunction | undefined,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? overHttps : overHttp
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      headers: { accept, 'accept-encoding': 'gzip, deflate, br', 'user-agent': WHO },
      // No connection is kept: one that was opened to a judged address is used for that one alone.
      agent: false,
      signal,
      ...(lookup ? { lookup } : {}),
    })
    sent.on('error', reject)
    sent.on('response', resolve)
    sent.end()
  })
}

/** Counted as it comes out of what packed it: a small answer may unpack to a very large one. */
async function bodyOf(answer: IncomingMessage, most: number): Promise<Pick<Got, 'body' | 'whole'>> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of unpacked(answer) as AsyncIterable<Buffer>) {
      parts.push(part.subarray(0, most - size))
      size += part.length
      if (size > most) return { body: Buffer.concat(parts), whole: false }
    }
    return { body: Buffer.concat(parts), whole: true }
  } finally {
    answer.destroy()
  }
}

function unpacked(answer: IncomingMessage): Readable {
  const how = answer.headers['content-encoding']?.trim().toLowerCase()
  const unpack =
    how === 'gzip' || how === 'x-gzip'
      ? createGunzip()
      : how === 'deflate'
        ? createInflate()
        : how === 'br'
          ? createBrotliDecompress()
          : undefined
  if (!unpack) return answer
  answer.on('error', (error) => unpack.destroy(error))
  return answer.pipe(unpack)
}
