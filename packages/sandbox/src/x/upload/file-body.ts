import { z } from 'zod'
import type { Answer, Ask } from '../../core/ask.ts'
import { multipart, type Part } from '../../core/multipart.ts'
import { invalid } from '../api/invalid.ts'
import { isJson, jsonBody } from '../api/json-body.ts'
import { schemaWords } from '../api/schema-words.ts'
import type { Settings } from '../settings.ts'

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))

/** Fields of a form, with text alone. Lists are between commas. */
const fieldsOf = (parts: readonly Part[]): Record<string, string> =>
  Object.fromEntries(
    parts.filter(({ name }) => name !== 'media').map(({ name, bytes }) => [name, bytes.toString('utf8')]),
  )

export type FileBody<Fields> = { media: Buffer; fields: Fields } | { refused: Answer }

/** A file with what is said of it: as parts of a form, the file in its own bytes, or as JSON, the file in base64. */
export function fileBody<Shape extends z.ZodRawShape>(
  settings: Settings,
  ask: Ask,
  shape: Shape,
): FileBody<z.output<z.ZodObject<Shape>>> {
  if (isJson(ask)) {
    const read = jsonBody(settings, ask, z.strictObject({ ...shape, media: base64 }))
    if ('refused' in read) return read
    const { media, ...fields } = read.body as z.output<z.ZodObject<Shape>> & { media: Buffer }
    return { media, fields: fields as unknown as z.output<z.ZodObject<Shape>> }
  }
  const parts = multipart(ask.headers.get('content-type') ?? '', ask.body)
  if (!parts) return { refused: invalid(settings, 'Requests with bodies must have content-type of application/json.') }
  const file = parts.find(({ name }) => name === 'media')
  const read = z.strictObject(shape).safeParse(fieldsOf(parts), { reportInput: true })
  const [issue] = read.error?.issues ?? []
  if (!file || issue)
    return { refused: invalid(settings, issue ? schemaWords(issue) : '$.media: is missing but it is required', {}) }
  return { media: file.bytes, fields: read.data as z.output<z.ZodObject<Shape>> }
}
