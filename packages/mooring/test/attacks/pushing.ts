/** Platforms of a test's own that push: one in the shape of Meta's signed_request, one in the shape of HubSpot's version 3. */
import { createHmac } from 'node:crypto'
import { list, number, text } from '../../src/provider.ts'
import { decoded, hmacSha256, type Push, type PushEvent, sameBytes } from '../../src/provider-push.ts'
import { BASE, type World } from '../world.ts'

export const SECRET = 'test-secret'
export const OTHER_SECRET = 'the-secret-of-acme-two'
export const FORM = 'application/x-www-form-urlencoded'

/** https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback */
const signedRequest = (kind: PushEvent['kind']): Push => ({
  read: ({ headers, body, secret }) => {
    if (!(headers.get('content-type') ?? '').startsWith(FORM)) return { refused: 'content_type_wrong' }
    const [sent = '', ...others] = new URLSearchParams(Buffer.from(body).toString()).getAll('signed_request')
    const [signature = '', payload = '', ...rest] = sent.split('.')
    if (signature === '' || others.length > 0 || rest.length > 0) return { refused: 'signature_missing' }
    const mark = hmacSha256(secret, payload)
    if (!sameBytes(mark, decoded(signature, 'base64url'))) return { refused: 'signature_wrong' }
    const said: unknown = JSON.parse(decoded(payload, 'base64url')?.toString() ?? '')
    if (text(said, 'algorithm') !== 'HMAC-SHA256') return { refused: 'algorithm_unknown' }
    const [subject, issued] = [text(said, 'user_id'), number(said, 'issued_at')]
    if (subject === undefined || issued === undefined) return { refused: 'unreadable' }
    return { events: [{ kind, subject }], mark, signedAt: issued * 1000 }
  },
  ...(kind === 'data_deletion' ? { answer: ({ code, url }) => ({ url, confirmation_code: code }) } : {}),
})

/** https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation */
const versionThree: Push = {
  read: ({ method, url, headers, body, secret }) => {
    if (!(headers.get('content-type') ?? '').startsWith('application/json')) return { refused: 'content_type_wrong' }
    const signature = headers.get('x-hubspot-signature-v3')
    const at = headers.get('x-hubspot-request-timestamp')
    if (!signature || !at) return { refused: 'signature_missing' }
    const mark = hmacSha256(secret, method, url, body, at)
    if (!sameBytes(mark, decoded(signature, 'base64'))) return { refused: 'signature_wrong' }
    const events = list(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))).flatMap((one) => {
      const subject = text(one, 'portalId')
      return subject && text(one, 'subscriptionType') === 'app.removed'
        ? [{ kind: 'access_removed' as const, subject }]
        : []
    })
    return { events, mark, signedAt: Number(at) }
  },
}

export const pushes: Readonly<Record<string, Push>> = {
  deauthorize: signedRequest('access_removed'),
  erase: signedRequest('data_deletion'),
  webhook: versionThree,
}

export interface Sent {
  path: string
  headers: Record<string, string>
  body: string | Uint8Array
  /** Where it arrives, by its Host header; our own base URL without. */
  origin?: string
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface SignedParts {
  path?: string
  secret?: string
  /** In seconds. */
  issuedAt?: unknown
  algorithm?: string
  hash?: string
}

/** As the platform with the signed_request sends it. */
export function signed(world: World, user: unknown, parts: SignedParts = {}): Sent {
  const payload = base64url({
    user_id: user,
    algorithm: parts.algorithm ?? 'HMAC-SHA256',
    issued_at: 'issuedAt' in parts ? parts.issuedAt : Math.floor(world.now() / 1000),
  })
  const mark = createHmac(parts.hash ?? 'sha256', parts.secret ?? SECRET)
    .update(payload)
    .digest('base64url')
  return request(`${mark}.${payload}`, parts.path)
}

export const request = (value: string, path = '/push/acme/deauthorize'): Sent => ({
  path,
  headers: { 'content-type': FORM },
  body: new URLSearchParams({ signed_request: value }).toString(),
})

/** What stands in a signed_request's two halves. */
export const halves = (sent: Sent): [string, string] => {
  const [mark = '', payload = ''] = (new URLSearchParams(String(sent.body)).get('signed_request') ?? '').split('.')
  return [mark, payload]
}

/** As the platform with version 3 sends it. */
export function webhook(
  world: World,
  portals: unknown,
  parts: { path?: string; signedUrl?: string; secret?: string; at?: string; body?: string } = {},
): Sent {
  const path = parts.path ?? '/push/acme/webhook'
  const at = parts.at ?? String(Math.round(world.now()))
  const body =
    parts.body ??
    JSON.stringify((portals as unknown[]).map((portalId) => ({ portalId, subscriptionType: 'app.removed' })))
  const mark = createHmac('sha256', parts.secret ?? SECRET)
    .update(`POST${parts.signedUrl ?? BASE + path}${body}${at}`)
    .digest('base64')
  return {
    path,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': mark,
      'x-hubspot-request-timestamp': at,
    },
    body,
  }
}

export interface Told {
  status: number
  text: string
  headers: Headers
}

export async function deliver(world: World, sent: Sent, method = 'POST'): Promise<Told> {
  const { path, headers, body, origin = BASE } = sent
  const response = await world.mooring.fetch(
    new Request(new URL(path, origin), { method, headers, ...(method === 'GET' ? {} : { body: body as BodyInit }) }),
  )
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** What two answers have that may differ: nothing but the request's id. */
export const bare = ({ status, text, headers }: Told) => ({
  status,
  text: text.replace(/"requestId":"[^"]+"/, ''),
  headers: [...headers].filter(([name]) => name !== 'x-request-id'),
})
