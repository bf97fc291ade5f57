import type { z } from 'zod'
import { type Answer, type Ask, text } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'
import { invalid } from './invalid.ts'
import { schemaWords } from './schema-words.ts'

export const isJson = (ask: Ask): boolean => /^application\/json\s*(;|$)/i.test(ask.headers.get('content-type') ?? '')

/** The body as it must be, or X's refusal of it (sferik/x-ruby 62 and 71, trypostit/trypost 202). */
export function jsonBody<Schema extends z.ZodType>(
  settings: Settings,
  ask: Ask,
  schema: Schema,
): { body: z.output<Schema> } | { refused: Answer } {
  if (!isJson(ask))
    return { refused: invalid(settings, 'Requests with bodies must have content-type of application/json.') }
  let sent: unknown
  try {
    sent = JSON.parse(text(ask))
  } catch {
    return { refused: invalid(settings, 'Request body is not valid JSON.') }
  }
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return { refused: invalid(settings, 'Request body must be a JSON object.') }
  const read = schema.safeParse(sent, { reportInput: true })
  if (read.success) return { body: read.data }
  const [issue] = read.error.issues
  return { refused: invalid(settings, issue ? schemaWords(issue) : 'Request body is not valid.', {}) }
}
