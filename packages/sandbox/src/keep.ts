import { z } from 'zod'
import { createKeeper, type Keeper } from './core/keeper.ts'
import { stateFile } from './core/state-file.ts'
import { keepLinkedIn, keptLinkedIn, restoreLinkedIn } from './linkedin/kept.ts'
import type { State as LinkedInState } from './linkedin/state.ts'
import { keepX, keptX, restoreX } from './x/kept.ts'
import type { State as XState } from './x/state.ts'

/** Raised when the shape below changes. Demo data is not worth a migration: another version starts fresh. */
const VERSION = 1
const IS = 'mooring-sandbox-state'

const label = z.object({ is: z.literal(IS), version: z.number() })
const keptSchema = z.strictObject({
  is: z.literal(IS),
  version: z.literal(VERSION),
  linkedin: keptLinkedIn,
  x: keptX.optional(),
})

type Kept = z.output<typeof keptSchema>

/** What every platform knows. One that is younger than the file is not in it, and starts fresh. */
export interface States {
  linkedin: LinkedInState
  x: XState
}

const kept = ({ linkedin, x }: States): Kept => ({
  is: IS,
  version: VERSION,
  linkedin: keepLinkedIn(linkedin),
  x: keepX(x),
})

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
export function keepState(path: string, states: States, log: (line: string) => void): Keeper {
  const file = stateFile(path, log)
  const text = file.read()
  const found = text === undefined ? undefined : judgeKept(text)
  if (typeof found === 'string') file.setAside(found)
  else if (found) {
    restoreLinkedIn(states.linkedin, found.linkedin)
    if (found.x) restoreX(states.x, found.x)
  }
  return createKeeper(file, () => `${JSON.stringify(kept(states))}\n`)
}
