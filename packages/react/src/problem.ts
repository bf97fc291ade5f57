import type { Problem } from './api.ts'

export interface ApiProblemParts {
  code: string
  message: string
  status: number
  requestId?: string | undefined
  operatorDetail?: string | undefined
  providerCode?: string | undefined
  retryAfter?: number | undefined
  fields?: { path: string; message: string }[] | undefined
}

/** An answer that is not a success. `message` is a sentence for the person; match on `code`. `status` 0: no answer came. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly operatorDetail: string | undefined
  readonly providerCode: string | undefined
  readonly retryAfter: number | undefined
  readonly fields: { path: string; message: string }[]

  constructor(parts: ApiProblemParts) {
    super(parts.message)
    this.code = parts.code
    this.status = parts.status
    this.requestId = parts.requestId
    this.operatorDetail = parts.operatorDetail
    this.providerCode = parts.providerCode
    this.retryAfter = parts.retryAfter
    this.fields = parts.fields ?? []
  }
}

export const isApiProblem = (value: unknown): value is ApiProblem => value instanceof ApiProblem

export const offline = () =>
  new ApiProblem({ code: 'offline', status: 0, message: 'The server did not answer. Nothing was lost.' })

/** What a refused answer means. A body that is no problem document still says its status. */
export function judgeProblem(status: number, body: unknown, requestId: string | null): ApiProblem {
  if (isProblem(body)) {
    return new ApiProblem({
      code: body.code,
      message: body.detail,
      status,
      requestId: body.requestId ?? requestId ?? undefined,
      operatorDetail: body.operatorDetail,
      providerCode: body.providerCode,
      retryAfter: body.retryAfter,
      fields: body.errors,
    })
  }
  return new ApiProblem({
    code: status >= 500 ? 'unavailable' : 'refused',
    message: status >= 500 ? 'The server did not answer as it should.' : 'The server refused this.',
    status,
    requestId: requestId ?? undefined,
  })
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const { code, detail } = body as Partial<Problem>
  return typeof code === 'string' && typeof detail === 'string'
}
