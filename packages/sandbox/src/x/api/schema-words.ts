import type { z } from 'zod'

/** `$.media.media_ids[0]`: where in a body. */
const place = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((at, key) => at + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), '$')

const TYPES: Record<string, string> = { record: 'object' }

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function bound(at: string, origin: string, word: 'maximum' | 'minimum', limit: number | bigint): string {
  if (origin === 'array') return `${at}: there must be a ${word} of ${limit} items in the array`
  if (origin === 'string')
    return `${at}: ${word === 'maximum' ? 'may only be' : 'must be at least'} ${limit} characters long`
  return `${at}: must have a ${word} value of ${limit}`
}

/** What is wrong with a body, in the words of the validator whose messages X sends on (networknt/json-schema-validator). */
export function schemaWords(issue: z.core.$ZodIssue): string {
  const at = place(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${at}.${issue.keys[0]}: is not defined in the schema and the schema does not allow additional properties`
    case 'invalid_type':
      return issue.input === undefined
        ? `${at}: is missing but it is required`
        : `${at}: ${typeName(issue.input)} found, ${TYPES[issue.expected] ?? issue.expected} expected`
    case 'invalid_value':
      return `${at}: does not have a value in the enumeration [${issue.values.join(', ')}]`
    case 'too_big':
      return bound(at, issue.origin, 'maximum', issue.maximum)
    case 'too_small':
      return bound(at, issue.origin, 'minimum', issue.minimum)
    case 'invalid_format':
      return `${at}: does not match the regex pattern ${issue.pattern?.replace(/^\/|\/\w*$/g, '')}`
    default:
      return `${at}: ${issue.message}`
  }
}
