/** What can be chosen, as the one who asks may see it: who has it already, and where else it is. */
import type { z } from '@hono/zod-openapi'
import type { Principal } from '../access/principal.ts'
import { scopesOf } from '../access/principal.ts'
import type { Candidate } from '../connections/candidates.ts'
import { elsewhere, heldSentence, holders } from '../connections/whereabouts.ts'
import type { HttpOptions } from './context.ts'
import type * as schemas from './schemas.ts'

type View = z.infer<typeof schemas.Candidate>

export async function candidateViews(
  { engine, pictures }: HttpOptions,
  who: Principal,
  provider: string,
  candidates: readonly Candidate[],
): Promise<View[]> {
  const { workspace } = who
  // Whom a host sent to connect learns that something is taken, and not whose doing that is.
  const told = scopesOf(who).includes('connections:read')
  const has = told ? await holders(engine, workspace, provider, candidates) : undefined
  const others = await elsewhere(engine, await otherWorkspaces(engine, who, candidates), provider, candidates)
  return candidates.map(({ held, picture, ...one }) => {
    const holder = held ? has?.get(held.connection) : undefined
    return {
      ...one,
      picture: pictures.addressOf(workspace, provider, picture),
      reason: held && holder ? heldSentence(held.since, holder) : one.reason,
      connection: held && holder ? { ...holder, addedAt: held.since.toISOString() } : null,
      elsewhere: others.get(one.id) ?? [],
    }
  })
}

/** A person's own, besides the one in which they act. A key and a host's user know of one alone. */
async function otherWorkspaces(engine: HttpOptions['engine'], who: Principal, candidates: readonly Candidate[]) {
  if (who.kind !== 'person' || candidates.length === 0) return []
  const found = await engine.store.people.standing(who.id)
  return (found?.memberships ?? []).map((one) => one.workspace).filter((one) => one.id !== who.workspace)
}
