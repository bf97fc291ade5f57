import { json } from '../core/answer.ts'
import type { Answer } from '../core/ask.ts'
import { opaque } from '../core/ids.ts'

export interface Fault {
  message: string
  type?: string
  code: number
  subcode?: number
  transient?: boolean
  title?: string
  text?: string
  /** What a caller needs to go on, as the offsets of an upload. */
  data?: Record<string, unknown>
}

export const GRAPH_JSON = 'application/json; charset=UTF-8'

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
        ...(more.data !== undefined && { error_data: more.data }),
        ...(more.transient !== undefined && { is_transient: more.transient }),
        ...(more.title !== undefined && { error_user_title: more.title, error_user_msg: more.text }),
        fbtrace_id: opaque(23, 'A'),
      },
    },
    { 'content-type': GRAPH_JSON, 'cache-control': 'no-store' },
  )

/** The header that goes with what is wrong with a token or a code. */
export function challenged(answer: Answer, error: 'invalid_token' | 'invalid_code', message: string): Answer {
  const header = `OAuth "Facebook Platform" "${error}" "${message}"`
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': header } }
}

export const noField = (name: string, node: string): Answer =>
  graphError(400, { message: `(#100) Tried accessing nonexisting field (${name}) on node type (${node})`, code: 100 })

export const badFields = (): Answer =>
  graphError(400, { message: '(#2500) Syntax error "Expected end of string" in fields', code: 2500 })

export const badParameter = (message: string): Answer => graphError(400, { message: `(#100) ${message}`, code: 100 })

export const notThere = (id: string, method = 'get'): Answer =>
  graphError(400, {
    message: `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    type: 'GraphMethodException',
    code: 100,
    subcode: 33,
  })

export const unknownPath = (path: string): Answer =>
  graphError(400, { message: `Unknown path components: ${path}`, code: 2500 })
