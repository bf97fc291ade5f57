import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { badRequest, refusal } from '../api/errors.ts'

/** A body that is no JSON object (n8n community topic 303875). */
export const noDataMap = (): Answer =>
  refusal(400, { code: 'ILLEGAL_ARGUMENT', message: 'Request body could not be converted to data map' })

/** Rest.li's own look at a body against its schema, one line a fault (n8n issue 6327, n8n community topic 303875). */
export const schemaFaults = (faults: readonly string[]): Answer =>
  json(422, { message: faults.map((fault) => `ERROR :: ${fault}\n`).join(''), status: 422 })

export const invalidValue = (path: string): Answer =>
  badRequest('INVALID_VALUE_FOR_FIELD', `Invalid value for field ${path}`, path)

export const missingField = (path: string): Answer => badRequest('MISSING_FIELD', `${path} is required`, path)

export const blankField = (path: string): Answer => badRequest('INVALID_VALUE_BLANK_FIELD', `${path} is blank`, path)

export const tooLong = (path: string, most: number): Answer =>
  badRequest('FIELD_LENGTH_TOO_LONG', `${path} is longer than ${most} characters`, path)

export const urnType = (path: string): Answer => badRequest('INVALID_URN_TYPE', `Invalid URN type in ${path}`, path)

export const urnId = (path: string): Answer => badRequest('INVALID_URN_ID', `Invalid URN id in ${path}`, path)

/** The author is not whom the token speaks for (n8n issue 1714). */
export const authorDenied = (): Answer =>
  refusal(403, {
    serviceErrorCode: 100,
    message:
      'Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]',
  })

/** A page as author, and a token that may not speak for pages (soleur issue 799). */
export const organizationDenied = (): Answer =>
  refusal(400, { message: 'Organization permissions must be used when using organization as author' })

/** Names the post that is there already (Linkedin-RSS issue 5). */
export const duplicatePost = (urn: string): Answer =>
  json(422, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${urn}`,
    errorDetails: { inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }] },
    status: 422,
  })
