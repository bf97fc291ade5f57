import { z } from 'zod'
import { matches } from '../core/matches.ts'

/** A refusal that the next calls of an endpoint are told to meet. */
export interface Told<Is> {
  /** A name, a prefix ending in `*`, or `*`. */
  endpoint: string
  is: Is
  times: number
}

/** The one that this call meets, if any. */
export function takeTold<Is>(waiting: readonly Told<Is>[], endpoint: string): Is | undefined {
  const told = waiting.find((one) => one.times > 0 && matches(one.endpoint, endpoint))
  if (!told) return undefined
  told.times -= 1
  return told.is
}

/** A name of these endpoints, or a prefix ending in `*`: one that is misspelt is refused. */
export const endpointAmong = (platform: string, names: readonly string[]) =>
  z
    .string()
    .default(`${platform}.*`)
    .refine(
      (pattern) => names.some((name) => matches(pattern, `${platform}.${name}`)),
      'No endpoint that publishes is called that',
    )
