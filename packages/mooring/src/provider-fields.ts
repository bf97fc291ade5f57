/** Reading answers whose shape nobody promised: by path, as what is needed, or not at all. */
import { MooringError } from './error.ts'

/** Reads a path of an unknown body as a non-empty string, or undefined. A number becomes its digits. */
export function text(body: unknown, ...path: (string | number)[]): string | undefined {
  const value = dig(body, path)
  if (typeof value === 'string' && value !== '') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined
}

/** Reads a path of an unknown body as a list; anything else is an empty list. */
export function list(body: unknown, ...path: (string | number)[]): unknown[] {
  const value = dig(body, path)
  return Array.isArray(value) ? value : []
}

/** Reads a path of an unknown body as it is. */
export const member = (body: unknown, ...path: (string | number)[]): unknown => dig(body, path)

export function number(body: unknown, ...path: (string | number)[]): number | undefined {
  const value = dig(body, path)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Reads a path as a list of words; undefined where there is no list. */
export function stringsIn(body: unknown, ...path: (string | number)[]): string[] | undefined {
  const value = dig(body, path)
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
}

/** Reads a path as true or false; undefined where it is neither. */
export function truth(body: unknown, ...path: (string | number)[]): boolean | undefined {
  const value = dig(body, path)
  return typeof value === 'boolean' ? value : undefined
}

/** A field that an answer cannot be used without. Throws `provider_answer_invalid` when it is not there. */
export function need(value: string | undefined, provider: string, field: string): string {
  if (value !== undefined) return value
  throw new MooringError('provider_answer_invalid', `${provider} sent an answer that cannot be read.`, {
    detail: `the answer has no ${field}`,
  })
}

/** For who is told of an ended session by an answer that is good otherwise. Throws `reauthorize`. */
export function needSession(good: boolean, provider: string, field: string): void {
  if (good) return
  throw new MooringError('reauthorize', `The LinkedIn session at ${provider} ended. Reconnect to go on.`, {
    detail: `${provider} says so in ${field}`,
  })
}

export const isOk = ({ status }: { status: number }): boolean => status >= 200 && status < 300

/** A `Retry-After` in seconds, bounded to a day; a date or nonsense is left out. */
export function retryAfterSeconds(value: string | null): number | undefined {
  if (value === null || !/^\d{1,6}$/.test(value)) return undefined
  return Math.min(Number(value), 86_400)
}

function dig(body: unknown, path: (string | number)[]): unknown {
  let value: unknown = body
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}
