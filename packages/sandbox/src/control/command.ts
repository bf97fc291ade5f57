import { z } from 'zod'
import { faultSchema } from '../core/fault-kinds.ts'
import { outageSchema } from '../core/outage.ts'
import { randomSchema } from '../core/random-faults.ts'
import { type PlatformId, type Simulators, simulators } from '../platforms.ts'

type Commands = { [Id in PlatformId]: z.ZodOptional<Simulators[Id]['command']> }

const commands = Object.fromEntries(
  Object.entries(simulators).map(([id, { command }]) => [id, command.optional()]),
) as Commands

/** Everything `POST /__control` takes. Several keys are done in this order. */
export const commandSchema = z.strictObject({
  /** Back to how the sandbox started: state, clock, faults, journal. */
  reset: z.literal(true).optional(),
  clock: z
    .strictObject({
      reset: z.literal(true).optional(),
      set: z.number().int().nonnegative().optional(),
      advanceSeconds: z.number().optional(),
      freeze: z.boolean().optional(),
    })
    .optional(),
  clearFaults: z.literal(true).optional(),
  clearLog: z.literal(true).optional(),
  outage: outageSchema.optional(),
  fault: z.union([faultSchema, z.array(faultSchema)]).optional(),
  /** Calls that go wrong by chance, until `false` or `clearFaults`; replaces what was told before. */
  faults: z
    .strictObject({ random: z.union([z.literal(false), randomSchema, z.array(randomSchema).min(1)]) })
    .optional(),
  ...commands,
})

export type Command = z.output<typeof commandSchema>
export type CommandInput = z.input<typeof commandSchema>
