import type { Answer } from '../core/ask.ts'
import { noField } from './errors.ts'
import type { Field } from './fields.ts'

/** What a field comes to. Undefined: the thing has no such field, and the answer no such key. */
export type Read = (field: Field) => unknown

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'headers' in value && 'body' in value

const plain = (name: string): Field => ({ name, modifiers: '', fields: [] })

/** Only what was asked, and `id` always; a field that the thing has not is left out; one that its kind has not is an error. */
export function project(
  node: string,
  reads: Readonly<Record<string, Read>>,
  asked: readonly Field[],
  standard: readonly string[],
): Record<string, unknown> | Answer {
  const shown: Record<string, unknown> = {}
  for (const field of asked.length > 0 ? asked : standard.map(plain)) {
    const read = Object.hasOwn(reads, field.name) ? reads[field.name] : undefined
    if (!read) return noField(field.name, node)
    const value = read(field)
    if (isAnswer(value)) return value
    if (value !== undefined) shown[field.name] = value
  }
  return 'id' in shown ? shown : { ...shown, id: reads.id?.(plain('id')) }
}
