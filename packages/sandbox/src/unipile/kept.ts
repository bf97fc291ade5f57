import { z } from 'zod'
import { STATUSES, type State } from './state.ts'

const generation = z.enum(['v1', 'v2'])
const header = z.strictObject({ key: z.string(), value: z.string() })

/** What Unipile still knows after a restart. An attempt to link an account is not: it has to be started again. */
export const keptUnipile = z.strictObject({
  issued: z.number().int().nonnegative(),
  seats: z.array(
    z.strictObject({
      id: z.string(),
      generation,
      person: z.string(),
      name: z.string(),
      wishes: z.strictObject({
        method: z.enum(['credentials', 'cookie']),
        country: z.string().nullable(),
        premium: z.boolean(),
        disabled: z.array(z.string()),
        state: z.string().nullable(),
      }),
      createdAt: z.number(),
      sources: z.array(z.enum(STATUSES)),
      metadata: z.record(z.string(), z.unknown()),
    }),
  ),
  hooks: z.array(
    z.strictObject({
      id: z.string(),
      generation,
      url: z.string(),
      name: z.string().nullable(),
      headers: z.array(header),
      accountIds: z.array(z.string()),
      enabled: z.boolean(),
      secret: z.string().nullable(),
      triggers: z.array(z.string()),
    }),
  ),
})

export type KeptUnipile = z.output<typeof keptUnipile>

export const keepUnipile = (state: State): KeptUnipile => ({
  issued: state.issued,
  seats: [...state.seats.values()],
  hooks: [...state.hooks.values()],
})

/** Fills a state that was just created. */
export function restoreUnipile(state: State, kept: KeptUnipile): void {
  state.issued = kept.issued
  for (const one of kept.seats) state.seats.set(one.id, one)
  for (const one of kept.hooks) state.hooks.set(one.id, one)
}
