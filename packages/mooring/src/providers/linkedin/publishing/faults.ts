/**
 * LinkedIn's refusals of posts and files, judged by status, then by code; an answer has one code, several, or a number.
 * Sources: Microsoft Learn, "Error Handling", "Posts API", and bodies captured in public issue threads (n8n 28967, 6327,
 * 1714; Linkedin-RSS 5; wp-calypso 32007; soleur 799).
 */
import { type ApiAnswer, isOk, list, retryAfterSeconds, text } from '../../../provider.ts'
import type { FaultClass, Publisher, PublishFault } from '../../../provider-publishing.ts'
import { urnIn } from './urns.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 86_400_000

/** The most telling first: those of single fields, then the gateway's, then its number. */
export function codesOf({ body }: ApiAnswer): string[] {
  const inputs = list(body, 'errorDetails', 'inputErrors').map((one) => text(one, 'code'))
  return [...inputs, text(body, 'code'), text(body, 'serviceErrorCode')].filter((code) => code !== undefined)
}

type Judged = readonly [FaultClass, string, Partial<PublishFault>?]

const OURS = 'We have to fix this, not you.'
const FIELD = 'LinkedIn does not take a field of this post. Change the post; if that does not help, tell the operator.'
const VERSION = `${OURS} LinkedIn does not serve the API version of this server any more.`
const AGAIN = 'It is tried again by itself.'

const BY_CODE: Readonly<Record<string, Judged>> = {
  VERSION_MISSING: ['platform', VERSION],
  NONEXISTENT_VERSION: ['platform', VERSION],
  MEDIA_ASSET_WAITING_UPLOAD: [
    'media',
    `LinkedIn is still at the files of this post. ${AGAIN}`,
    { againAfterMs: 10 * SECOND },
  ],
  MEDIA_ASSET_PROCESSING_FAILED: [
    'media',
    'LinkedIn could not process a file of this post. Use another file, or send it again.',
  ],
  EXPIRED_UPLOAD_URL: ['media', 'The time to upload a file ran out. Send it again.'],
  INVALID_IMAGE_ID: ['media', 'LinkedIn does not know a picture of this post any more. Send it again.'],
  INVALID_VIDEO_ID: ['media', 'LinkedIn does not know the video of this post any more. Send it again.'],
  FIELD_LENGTH_TOO_LONG: ['content', 'LinkedIn finds a text of this post too long. Shorten it.'],
  MISSING_FIELD: ['content', FIELD],
  INVALID_VALUE_FOR_FIELD: ['content', FIELD],
  INVALID_VALUE_BLANK_FIELD: ['content', 'LinkedIn does not take a text of this post that is empty. Write something.'],
  INVALID_URN_TYPE: [
    'content',
    'LinkedIn does not know somebody or something that this post names. Take the mention out.',
  ],
  INVALID_URN_ID: [
    'content',
    'LinkedIn does not know somebody or something that this post names. Take the mention out.',
  ],
  CONFLICT: ['platform', `LinkedIn was changing the same thing. ${AGAIN}`, { againAfterMs: 2 * SECOND }],
}

/** Codes after which a file has to be uploaded anew. */
export const UPLOAD_IS_VOID: readonly string[] = [
  'MEDIA_ASSET_PROCESSING_FAILED',
  'EXPIRED_UPLOAD_URL',
  'INVALID_IMAGE_ID',
  'INVALID_VIDEO_ID',
]

const BY_STATUS: Readonly<Record<number, Judged>> = {
  401: ['auth', 'LinkedIn does not accept this connection any more. Reconnect to go on.'],
  403: [
    'permission',
    'LinkedIn does not let this connection post as this account. Check your role on the page, then reconnect and allow everything.',
  ],
  404: [
    'permission',
    'LinkedIn does not find this, or does not let this connection see it. Check your role on the page, then reconnect.',
  ],
  409: BY_CODE.CONFLICT as Judged,
  411: ['platform', `${OURS} LinkedIn could not read what this server sent.`],
  413: ['media', 'LinkedIn finds a file of this post too large. Make it smaller.'],
  422: ['content', FIELD],
  426: ['platform', VERSION],
}

/** Said in words alone, without a code; equal to the letter. */
const ORGANIZATION_ONLY = 'Organization permissions must be used when using organization as author'

export const judge: Publisher['judge'] = (answer, call, now) => {
  const { status, body } = answer
  const codes = codesOf(answer)
  const code = codes[0]
  if (status === 429 || codes.includes('TOO_MANY_REQUESTS')) return limited(answer, call.limited === true, now, code)
  if (status >= 500)
    return { class: 'platform', code, message: `LinkedIn met a fault of its own. ${AGAIN}`, againAfterMs: 30 * SECOND }
  if (codes.includes('DUPLICATE_POST')) return duplicate(answer)
  if (text(body, 'message') === ORGANIZATION_ONLY) return faultOf(BY_STATUS[403], code)
  const known = codes.find((one) => Object.hasOwn(BY_CODE, one))
  return faultOf((known !== undefined && BY_CODE[known]) || BY_STATUS[status], known ?? code)
}

function faultOf(judged: Judged | undefined, code: string | undefined): PublishFault {
  const [of, message, more] = judged ?? [
    'content',
    'LinkedIn does not take this post as it is. Change it, or tell the operator.',
  ]
  return { class: of, code, message, ...more }
}

/** The message names what is there; it was 409 before October 2020. */
function duplicate({ body }: ApiAnswer): PublishFault {
  const urn = urnIn(text(body, 'message'))
  const message = 'LinkedIn has the same post of this account already. Change the text, or leave it at that one.'
  return {
    class: 'duplicate',
    code: 'DUPLICATE_POST',
    message,
    ...(urn === undefined ? {} : { existing: { post: urn } }),
  }
}

/**
 * Limits end at midnight UTC, and no header tells. The first time it is tried once before that, since LinkedIn answers with
 * 429 where its infrastructure protects itself, too ("Rate Limiting", Microsoft Learn).
 */
function limited({ headers }: ApiAnswer, before: boolean, now: number, code: string | undefined): PublishFault {
  const told = retryAfterSeconds(headers.get('retry-after'))
  const midnight = (Math.floor(now / DAY) + 1) * DAY - now
  const wait = told === undefined ? (before ? midnight : Math.min(15 * MINUTE, midnight)) : told * SECOND
  return {
    class: 'rate',
    code,
    message:
      'LinkedIn takes no more from this app or account for now. It goes out when the limit opens again, by itself.',
    againAfterMs: Math.max(SECOND, wait),
  }
}

/** For steps that read refusals, too: what `judge` says of this one, or undefined for a good answer. */
export const refusal = (answer: ApiAnswer, endpoint: string, create: boolean, now: number): PublishFault | undefined =>
  isOk(answer) ? undefined : judge(answer, { endpoint, create }, now)
