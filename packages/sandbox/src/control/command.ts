import { z } from 'zod'
import { faultSchema } from '../core/fault.ts'
import { outageSchema } from '../core/outage.ts'
import { linkedinCommand } from '../linkedin/control/command.ts'
import { xCommand } from '../x/control/command.ts'

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
  linkedin: linkedinCommand.optional(),
  x: xCommand.optional(),
})

export type Command = z.output<typeof commandSchema>
export type CommandInput = z.input<typeof commandSchema>
