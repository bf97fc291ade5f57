import { z } from 'zod'
import { createKeeper, type Keeper } from './core/keeper.ts'
import type { Player } from './core/simulator.ts'
import { stateFile } from './core/state-file.ts'
import { type PlatformId, platformIds, type Simulators, simulators } from './platforms.ts'

/** Raised when the shape below changes. Demo data is not worth a migration: another version starts fresh. */
const VERSION = 1
const IS = 'mooring-sandbox-state'

const label = z.object({ is: z.literal(IS), version: z.number() })
/** A platform that is younger than the file is not in it, and starts fresh. */
const platforms = Object.fromEntries(Object.entries(simulators).map(([id, { kept }]) => [id, kept.optional()])) as {
  [Id in PlatformId]: z.ZodOptional<Simulators[Id]['kept']>
}
const keptSchema = z
  .strictObject({
    is: z.literal(IS),
    version: z.literal(VERSION),
    ...platforms,
  })
  .refine((file) => platformIds.some((id) => file[id]), 'It is empty')

type Kept = z.output<typeof keptSchema>

/** What the text of a state file holds, or why it is of no use. Says nothing of the text itself: tokens are in it. */
export function judgeKept(text: string): Kept | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'is not whole'
  }
  const labelled = label.safeParse(value)
  if (!labelled.success) return 'was not written by the sandbox'
  if (labelled.data.version !== VERSION) return 'is of another version of the sandbox'
  return keptSchema.safeParse(value).data ?? 'is not whole'
}

/** Fills the state from the file, and keeps the file as the state is from then on. */
export function keepState(path: string, players: readonly Player[], log: (line: string) => void): Keeper {
  const file = stateFile(path, log)
  const text = file.read()
  const found = text === undefined ? undefined : judgeKept(text)
  if (typeof found === 'string') file.setAside(found)
  else if (found) {
    for (const player of players) {
      const own = found[player.id as PlatformId]
      if (own) player.restore(own)
    }
  }
  const kept = () => ({
    is: IS,
    version: VERSION,
    ...Object.fromEntries(players.map((player) => [player.id, player.keep()])),
  })
  return createKeeper(file, () => `${JSON.stringify(kept())}\n`)
}
