/**
 * The way out to addresses that somebody entered. The machine's own network is none of theirs: a name is looked up once, and
 * the connection goes to what was judged, so that a name that changes its mind in between (DNS rebinding) gains nothing.
 */
import { lookup as systemLookup } from 'node:dns'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { type GetLimits, type Got, reading } from './runtime-outside-get.ts'

export interface OutsideRules {
  /** In development a program beside this one may listen. */
  loopback: boolean
  /** The operator's word that these may be reached wherever they are, over http too. */
  origins: readonly string[]
}

export interface Outside {
  /** Why an address cannot be entered; undefined: it can, as far as its text tells. Pure. */
  refuses(url: string): string | undefined
  /** Sends once and follows no redirect. Never throws: `fault` says in a word why there is no status. */
  post(url: string, headers: Record<string, string>, body: string): Promise<{ status: number } | { fault: string }>
  /**
   * Reads a page or picture, over http too; each of up to three redirects is judged as the first address is. In development
   * this machine is no exception: a page could send us anywhere on it. Never throws; a fault as of `post`, and `redirects`.
   */
  get(url: string, limits: GetLimits): Promise<Got | { fault: string }>
}

/** Standard Webhooks asks senders to wait 15 to 30 s. In ms. */
export const OUTSIDE_TIMEOUT_MS = 15_000

// What is not globally reachable: the IANA IPv4 Special-Purpose Address Registry, and multicast.
const NOT_PUBLIC = new BlockList()
for (const [net, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const, ['127.0.0.0', 8] as const],
  ...[['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const, ['192.0.0.0', 24] as const],
  ...[['192.0.2.0', 24] as const, ['192.88.99.0', 24] as const, ['192.168.0.0', 16] as const],
  ...[['198.18.0.0', 15] as const, ['198.51.100.0', 24] as const, ['203.0.113.0', 24] as const],
  ...[['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const],
])
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4')
// Of IPv6 only global unicast counts at all (RFC 4291 §2.4), without what stands in it for an IPv4 address or for an example.
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [['2001::', 23] as const, ['2001:db8::', 32] as const, ['2002::', 16] as const])
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6')
NOT_PUBLIC.addSubnet('3fff::', 20, 'ipv6')

export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4')
  return family === 6 && GLOBAL.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6')
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
export const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)

const REFUSED = 'address_refused'

/** As far as its text tells. */
function isInside({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return LOOPBACK.test(hostname) || (isIP(host) !== 0 && !isPublic(host))
}

export function createOutside({ loopback, origins }: OutsideRules, lookup: LookupFunction = systemLookup): Outside {
  const trusted = (url: URL) => origins.includes(url.origin) || (loopback && LOOPBACK.test(url.hostname))

  const refuses = (raw: string): string | undefined => {
    if (!URL.canParse(raw)) return 'is not an address'
    const url = new URL(raw)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is not https'
    if (url.username !== '' || url.password !== '') return 'holds a user name'
    if (url.hash !== '') return 'holds a fragment'
    if (trusted(url)) return undefined
    if (url.protocol !== 'https:') return 'is not https'
    if (isInside(url)) return 'leads into a private network, where this server sends nothing'
    return undefined
  }

  /** As Node asks it, with one address or all of them; what is not public is left out. */
  const publicOnly: LookupFunction = (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const all = (Array.isArray(found) ? found : []).filter((one) => isPublic(one.address))
      const [first] = all
      if (!first) return done(Object.assign(new Error('not public'), { code: REFUSED }), '')
      if (options.all) done(null, all)
      else done(null, first.address, first.family)
    })

  return {
    refuses,
    get: (url, limits) =>
      reading(url, limits, {
        refused: (at) => isInside(at) || at.username !== '' || at.password !== '',
        lookup: publicOnly,
        wordOf,
      }),
    async post(raw, headers, body) {
      if (refuses(raw) !== undefined) return { fault: REFUSED }
      const url = new URL(raw)
      const request = url.protocol === 'https:' ? overHttps : overHttp
      const signal = AbortSignal.timeout(OUTSIDE_TIMEOUT_MS)
      return new Promise((settle) => {
        const failed = (error: NodeJS.ErrnoException) =>
          settle({ fault: signal.aborted ? 'timeout' : wordOf(error.code) })
        const sent = request(url, {
          method: 'POST',
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          // No connection is kept: one that was opened to a judged address is used for that one alone.
          agent: false,
          signal,
          ...(trusted(url) ? {} : { lookup: publicOnly }),
        })
        sent.on('error', failed)
        sent.on('response', (answer: IncomingMessage) => {
          settle({ status: answer.statusCode ?? 0 })
          // What it says is nothing to us; it is let through, and cut when the time is over.
          answer.on('error', () => {})
          answer.resume()
        })
        sent.end(body)
      })
    },
  }
}

/** What a person can act on, in place of the system's code. */
function wordOf(code: string | undefined): string {
  if (code === REFUSED) return REFUSED
  if (code === 'ECONNREFUSED') return 'connection_refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name_not_found'
  if (code !== undefined && /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return 'certificate'
  return 'no_answer'
}
