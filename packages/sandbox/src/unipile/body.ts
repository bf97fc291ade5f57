import type { z } from 'zod'
import { type Ask, text } from '../core/ask.ts'

/** A body that is not what the route takes: not JSON, a field that is missing, or one that is wrong. */
export interface Wrong {
  wrong: 'malformed' | 'missing' | 'invalid'
  detail: string
}

export const isWrong = (one: object): one is Wrong => 'wrong' in one

function parsed(ask: Ask): unknown {
  const type = (ask.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return undefined
  try {
    return JSON.parse(text(ask))
  } catch {
    return undefined
  }
}

/** The body as a schema has it. What else is in it is let pass. */
export function read<Schema extends z.ZodType<object>>(ask: Ask, schema: Schema): z.output<Schema> | Wrong {
  const body = parsed(ask)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { wrong: 'malformed', detail: 'The body must be a JSON object, sent as application/json.' }
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = (issue?.path ?? []).map(String)
  const detail = `${path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`
  return { wrong: at(body, path) === undefined ? 'missing' : 'invalid', detail }
}

const at = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((one, name) => (one as Record<string, unknown> | null | undefined)?.[name], body)
