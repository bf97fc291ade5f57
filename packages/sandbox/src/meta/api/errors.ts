import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import type { State } from '../state.ts'

interface Fault {
  message: string
  type?: string
  code: number
  subcode?: number
  transient?: boolean
  title?: string
  text?: string
}

/** Meta's one shape. The user's texts are localized and only sometimes there (developers.facebook.com, "Handle errors"). */
export const graphError = (status: number, { message, type = 'OAuthException', code, ...more }: Fault): Answer =>
  json(
    status,
    {
      error: {
        message,
        type,
        code,
        ...(more.subcode !== undefined && { error_subcode: more.subcode }),
        ...(more.transient !== undefined && { is_transient: more.transient }),
        ...(more.title !== undefined && { error_user_title: more.title, error_user_msg: more.text }),
        fbtrace_id: opaque(23, 'A'),
      },
    },
    { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store', 'facebook-api-version': 'v26.0' },
  )

const WORDS: Record<number, string> = {
  458: 'Error validating access token: The user has not authorized application.',
  459: 'Error validating access token: The user is in a checkpointed state and needs to log in to www.facebook.com.',
  460: 'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  463: 'Error validating access token: Session has expired.',
  464: 'Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.',
  467: 'Error validating access token: The session is invalid because the user logged out.',
  492: 'Error validating access token: The user does not have the appropriate role on the Page.',
}

/** 190 with its subcode, and the header that goes with it. */
export function tokenDead({ settings }: State, subcode?: number): Answer {
  const message = WORDS[subcode ?? 0] ?? 'Invalid OAuth access token - Cannot parse access token'
  const answer = graphError(settings.tokenStatus, { message, code: 190, ...(subcode !== undefined && { subcode }) })
  const header = `OAuth "Facebook Platform" "invalid_token" "${message}"`
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': header } }
}

export const noToken = (): Answer =>
  graphError(400, {
    message: 'An active access token must be used to query information about the current user.',
    code: 2500,
  })

export const proofMissing = (): Answer =>
  graphError(400, {
    message: 'API calls from the server require an appsecret_proof argument',
    type: 'GraphMethodException',
    code: 100,
  })

export const proofWrong = (): Answer =>
  graphError(400, {
    message: 'Invalid appsecret_proof provided in the API argument',
    type: 'GraphMethodException',
    code: 100,
  })

export const notThere = (id: string): Answer =>
  graphError(400, {
    message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    type: 'GraphMethodException',
    code: 100,
    subcode: 33,
  })

export const noField = (name: string, node: string): Answer =>
  graphError(400, { message: `(#100) Tried accessing nonexisting field (${name}) on node type (${node})`, code: 100 })

export const noPermission = (permission: string): Answer =>
  graphError(403, { message: `(#200) Requires ${permission} permission to manage the object`, code: 200 })

export const unknownPath = (path: string): Answer =>
  graphError(400, { message: `Unknown path components: ${path}`, code: 2500 })

export const wrongMethod = (method: string): Answer =>
  graphError(400, {
    message: `Unsupported ${method.toLowerCase()} request.`,
    type: 'GraphMethodException',
    code: 100,
  })

/** Codes and sentences: developers.facebook.com, "Rate limits", and the SDKs' documents. No Retry-After is documented. */
export const LIMITS = {
  app: { code: 4, message: '(#4) Application request limit reached' },
  user: { code: 17, message: '(#17) User request limit reached' },
  page: { code: 32, message: '(#32) Page request limit reached' },
  'pages-use-case': {
    code: 80001,
    message: '(#80001) There have been too many calls to this Page account. Wait a bit and try again.',
  },
} as const

export const limited = (kind: keyof typeof LIMITS): Answer =>
  graphError(400, { ...LIMITS[kind], transient: kind === 'app' })
