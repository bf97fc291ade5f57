import { z } from 'zod'
import type { Answer } from '../core/ask.ts'
import { matches } from '../core/matches.ts'

/** A refusal that the next calls of an endpoint are told to meet. */
export interface Told<Is> {
  /** A name, a prefix ending in `*`, or `*`. */
  endpoint: string
  is: Is
  times: number
  /** Instead of its usual one: decide on codes, says Meta, and not on it. */
  status?: number | undefined
}

/** The one that this call meets, if any. */
export function takeTold<Is>(waiting: readonly Told<Is>[], endpoint: string, answer: (is: Is) => Answer) {
  const told = waiting.find((one) => one.times > 0 && matches(one.endpoint, endpoint))
  if (!told) return undefined
  told.times -= 1
  const refusal = answer(told.is)
  return { ...refusal, status: told.status ?? refusal.status }
}

export const toldStatus = z.union([z.literal(400), z.literal(401), z.literal(403), z.literal(500)]).optional()

/** A name of these endpoints, or a prefix ending in `*`: one that is misspelt is refused. */
export const endpointAmong = (platform: string, names: readonly string[]) =>
  z
    .string()
    .default(`${platform}.*`)
    .refine(
      (pattern) => names.some((name) => matches(pattern, `${platform}.${name}`)),
      'No endpoint that publishes is called that',
    )
