import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'
import { typeOf } from './problems.ts'

/** 400, as public issues quote it: with errors, and without the `status` that other problems have (sferik/x-ruby 62, 71). */
export const invalid = (settings: Settings, message: string, parameters?: Record<string, unknown>): Answer =>
  json(
    400,
    {
      errors: [{ ...(parameters && { parameters }), message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: typeOf(settings, 'invalid-request'),
    },
    { 'content-type': 'application/problem+json' },
  )

export const parameterInvalid = (settings: Settings, name: string, value: string, message: string): Answer =>
  invalid(settings, message, { [name]: [value] })

export const idInvalid = (settings: Settings, name: string, value: string): Answer =>
  parameterInvalid(settings, name, value, `The \`${name}\` query parameter value [${value}] is not valid`)

/** Media that X does not know any more, never did, or will not put in a post: it does not say which. */
export const mediaInvalid = (settings: Settings, ids: readonly string[]): Answer =>
  invalid(settings, 'Your media IDs are invalid.', { 'media.media_ids': ids })
