import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'

/** The gateway's shape (Microsoft Learn: error-handling). Which fields are there varies; old endpoints have no `code`. */
export const refusal = (status: number, rest: { code?: string; serviceErrorCode?: number; message: string }): Answer =>
  json(status, { status, ...rest })

export const emptyToken = (versioned: boolean): Answer =>
  versioned
    ? refusal(401, { code: 'EMPTY_ACCESS_TOKEN', message: 'Empty oauth2_access_token' })
    : refusal(401, { serviceErrorCode: 401, message: 'Empty oauth2_access_token' })

export const invalidToken = (): Answer =>
  refusal(401, { serviceErrorCode: 65600, code: 'INVALID_ACCESS_TOKEN', message: 'Invalid access token' })

export const revokedToken = (): Answer =>
  refusal(401, {
    serviceErrorCode: 65601,
    code: 'REVOKED_ACCESS_TOKEN',
    message: 'The token used in the request has been revoked by the user',
  })

export const expiredToken = (): Answer =>
  refusal(401, {
    serviceErrorCode: 65602,
    code: 'EXPIRED_ACCESS_TOKEN',
    message: 'The token used in the request has expired',
  })

export const versionMissing = (): Answer =>
  refusal(400, {
    code: 'VERSION_MISSING',
    message: 'A version must be present. Please specify a version by adding the Linkedin-Version header.',
  })

export const versionInactive = (version: string): Answer =>
  refusal(426, { code: 'NONEXISTENT_VERSION', message: `Requested version ${version} is not active` })

/** `resource` is the name behind the URL: `me.GET.NO_VERSION`, `partnerApiOrganizationAcls.FINDER-roleAssignee.20260901`. */
export const accessDenied = (resource: string): Answer =>
  refusal(403, {
    serviceErrorCode: 100,
    code: 'ACCESS_DENIED',
    message: `Not enough permissions to access: ${resource}`,
  })

/** What a member without the role meets (PipedreamHQ/pipedream issue 21823). */
export const viewerDenied = (urn: string): Answer =>
  refusal(403, {
    serviceErrorCode: 100,
    code: 'ACCESS_DENIED',
    message: `Viewer don't have permission to the ADMIN_ONLY VisibilityReduction for ${urn}`,
  })

/** An unknown path, and an unknown finder of a known one. */
export const noResource = (): Answer =>
  refusal(404, { code: 'RESOURCE_NOT_FOUND', message: 'No virtual resource found' })

export const noEntity = (): Answer => refusal(404, { code: 'NOT_FOUND', message: 'Could not find entity' })

export const methodNotAllowed = (method: string, allowed: readonly string[]): Answer =>
  json(
    405,
    { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${method} operation not supported` },
    { allow: allowed.join(', ') },
  )

/** The newer validation shape, with the faults listed. */
export function badRequest(code: string, description: string, fieldPath: string): Answer {
  return json(400, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: 'Invalid param. Please see errorDetails for more information.',
    errorDetails: { inputErrors: [{ description, input: { inputPath: { fieldPath } }, code }] },
    status: 400,
  })
}

export const parameterNotAllowed = (name: string): Answer =>
  badRequest('QUERY_PARAM_NOT_ALLOWED', 'Invalid query parameters passed to request', name)

export const parameterInvalid = (name: string): Answer =>
  badRequest('PARAM_INVALID', `Invalid value for param ${name}`, name)

export const protocolInvalid = (version: string): Answer =>
  refusal(400, { message: `Rest.li protocol version ${version} used by the client is not supported!` })

/** A key whose colons and parentheses were not percent-encoded (stan-rym/liam-linkedin-ads-MCP pull request 15). */
export const pathInvalid = (): Answer => refusal(400, { message: 'Syntax exception in path variables' })

export const lengthRequired = (): Answer => refusal(411, { message: 'A POST needs a Content-Length' })

export const queryTooLong = (): Answer => refusal(414, { message: 'Request-URI Too Long' })

export type ThrottleLevel = 'application' | 'member'

/** No Retry-After and no X-RateLimit headers: none were ever observed. */
export const throttled = (level: ThrottleLevel): Answer =>
  json(429, {
    serviceErrorCode: 101,
    code: 'TOO_MANY_REQUESTS',
    message: `Resource level throttle ${level === 'member' ? 'MEMBER' : 'APPLICATION'} DAY limit for calls to this resource is reached.`,
    status: 429,
  })
