/** What Meta posts when somebody removed the app, or wants their data deleted. Source: "Data deletion request callback". */
import {
  decoded,
  hmacSha256,
  type Push,
  type PushEvent,
  type PushReading,
  type PushRequest,
  sameBytes,
} from '../../provider-push.ts'

/** `base64url(sig) "." base64url(json)`, not padded; the signature is over the encoded payload, and its key the app's secret. */
function read({ body, secret }: PushRequest, kind: PushEvent['kind']): PushReading {
  const sent = new URLSearchParams(Buffer.from(body).toString()).getAll('signed_request')
  const [signature = '', payload = '', ...rest] = (sent[0] ?? '').split('.')
  if (sent.length !== 1 || signature === '' || payload === '' || rest.length > 0)
    return { refused: 'signature_missing' }
  const mark = hmacSha256(secret, payload)
  if (!sameBytes(mark, decoded(signature, 'base64url'))) return { refused: 'signature_wrong' }
  const told = JSON.parse(decoded(payload, 'base64url')?.toString() ?? '')
  if (String(told?.algorithm).toUpperCase() !== 'HMAC-SHA256') return { refused: 'algorithm_unknown' }
  const { user_id: subject, issued_at: issued } = told
  if (typeof subject !== 'string' && typeof subject !== 'number') return { refused: 'unreadable' }
  const signedAt = typeof issued === 'number' && Number.isFinite(issued) ? issued * 1000 : null
  return { events: [{ kind, subject: String(subject) }], mark, signedAt }
}

export const deauthorize: Push = { read: (request) => read(request, 'access_removed') }

/** Answered with a page that says when it was done, and the code to ask by. */
export const dataDeletion: Push = {
  read: (request) => read(request, 'data_deletion'),
  answer: ({ code, url }) => ({ url, confirmation_code: code }),
}
