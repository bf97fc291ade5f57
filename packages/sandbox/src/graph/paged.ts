import { json } from '../core/answer.ts'
import { type Answer, field } from '../core/ask.ts'
import { badParameter } from './errors.ts'
import { isAnswer } from './project.ts'

const STANDARD_LIMIT = 25
const MOST = 100

const cursor = (at: number): string => Buffer.from(String(at)).toString('base64url')

/** Where a cursor points, or undefined for what is none. */
function pointed(text: string): number | undefined {
  const at = Buffer.from(text, 'base64url').toString('utf8')
  return /^\d{1,9}$/.test(at) ? Number(at) : undefined
}

/** The slice that is asked for, or a refusal. */
function sliceOf(params: URLSearchParams): { from: number; size: number } | Answer {
  const limit = field(params, 'limit') ?? String(STANDARD_LIMIT)
  if (!/^\d{1,9}$/.test(limit) || Number(limit) < 1)
    return badParameter('Param limit must be an integer greater than 0')
  const size = Math.min(Number(limit), MOST)
  const after = field(params, 'after')
  const before = field(params, 'before')
  const at = pointed(after ?? before ?? cursor(0))
  if (at === undefined)
    return badParameter(`Invalid cursors values in ${after === undefined ? 'before' : 'after'} cursor`)
  if (after !== undefined || before === undefined) return { from: at, size }
  return { from: Math.max(0, at - size), size: Math.min(size, at) }
}

/**
 * One page of a list, by cursor. Its addresses bear the real origin, as Meta writes them, and the token only where the question
 * had it as a parameter: with the token in a header the next call must bring it again.
 */
export function paged<T>(
  address: string,
  params: URLSearchParams,
  all: readonly T[],
  show: (one: T) => Record<string, unknown> | Answer,
): Answer {
  const slice = sliceOf(params)
  if (isAnswer(slice)) return slice
  const { from, size } = slice
  const data: Record<string, unknown>[] = []
  for (const one of all.slice(from, from + size)) {
    const shown = show(one)
    if (isAnswer(shown)) return shown
    data.push(shown)
  }
  const cursors = { before: cursor(from), after: cursor(from + data.length) }
  const link = (name: 'after' | 'before') => {
    const query = new URLSearchParams(params)
    query.delete('after')
    query.delete('before')
    query.set(name, cursors[name])
    return `${address}?${query}`
  }
  const next = from + data.length < all.length && { next: link('after') }
  const previous = from > 0 && { previous: link('before') }
  return json(200, { data, ...(data.length > 0 && { paging: { cursors, ...next, ...previous } }) })
}
