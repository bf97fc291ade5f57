import { z } from 'zod'
import type { State } from './state.ts'

/** What HeyReach still knows after a restart. An attempt under way is not. */
export const keptHeyReach = z.strictObject({
  lastId: z.number().int(),
  seats: z.array(
    z.strictObject({
      id: z.number().int(),
      emailAddress: z.string(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      isActive: z.boolean(),
      activeCampaigns: z.number().int(),
      authEndsAt: z.number().nullable(),
      isValidNavigator: z.boolean(),
      isValidRecruiter: z.boolean(),
      restricted: z.boolean(),
    }),
  ),
})

export type KeptHeyReach = z.output<typeof keptHeyReach>

export const keepHeyReach = (state: State): KeptHeyReach => ({
  lastId: state.lastId,
  seats: [...state.seats.values()],
})

/** Fills a state that was just created. */
export function restoreHeyReach(state: State, kept: KeptHeyReach): void {
  state.lastId = kept.lastId
  state.seats = new Map(kept.seats.map((seat) => [seat.id, seat]))
}
