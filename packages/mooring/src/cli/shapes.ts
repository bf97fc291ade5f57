/** The parts of the API's answers that commands print. */
import { z } from 'zod'

export const ConnectionShape = z.object({
  id: z.string(),
  provider: z.string(),
  registration: z.string(),
  state: z.string(),
  identity: z.object({ label: z.string(), subject: z.string(), email: z.string().nullable() }),
  accounts: z.array(z.object({ kind: z.string(), label: z.string(), subject: z.string() })),
  accessTokenExpiresAt: z.string().nullable(),
  health: z.object({ message: z.string(), level: z.string() }),
  problem: z.object({ failures: z.number(), nextTryAt: z.string().nullable() }).nullable(),
})
export const pageShape = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() })
