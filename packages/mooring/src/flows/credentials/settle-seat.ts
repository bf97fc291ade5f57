/** The service holds a session: the flow becomes a connection to its seat. */
import { mended } from '../../connections/alerts.ts'
import type { Engine } from '../../connections/engine.ts'
import { portOf, removeSeat, sealKept, seatOf } from '../../connections/seat-context.ts'
import { announce } from '../../connections/seat-notice.ts'
import { isMooringError } from '../../error.ts'
import { TokenSet } from '../../protocol/token-set.ts'
import type { Credentials } from '../../provider-credentials.ts'
import { holdFlow } from '../hold.ts'
import { settleFlow } from '../settle.ts'
import { told } from './sentences.ts'
import { formAgain, refusedBy, type Work } from './work.ts'

/** Between the tries to read whose the new seat is, in ms: it may not be ready at once. */
const PAUSES = [500, 1500, 4000]

/** How the seat came: by this attempt, which ends it where it cannot be kept; signed in anew; or picked among those that were there. */
export type How = 'made' | 'renewed' | 'picked'

/** Never throws for what the service says. */
export async function settleSeat(work: Work, seat: string, how: How): Promise<void> {
  const { engine, workspace, flow, registration } = work
  const port = portOf(registration)
  try {
    await mended(engine, registration)
    const tokens = seatTokens(seat)
    if (flow.complete_at === null) {
      const { before, connection } = await patiently(engine, () =>
        settleFlow(engine, workspace, flow, registration, tokens),
      )
      await endReplaced(work, connection, before, seat)
    }
    // The host says who came back; the browser gets the code for it when it leaves our page.
    else await holdFlow(engine, workspace, flow, flow.complete_at, tokens)
  } catch (error) {
    const refused = refusedBy(engine, flow.id, error)
    if (how === 'made') await removeSeat(engine, registration, seat)
    const { platform } = port
    const said = isMooringError(error)
      ? { code: error.code, message: error.message }
      : told(refused.why, { platform, service: registration.provider.name })
    await formAgain(work, said, refused)
    return
  }
  const held = await engine.store.attempts.over(workspace, flow.id)
  await keepSeat(work, how, held)
  await announce(engine, registration)
  if (flow.connect_link !== null) await useLink(work, flow.connect_link)
}

/** One person has one seat at a service: an earlier one of ours would be paid for and used by nobody. */
async function endReplaced(work: Work, id: string, before: string | null | undefined, seat: string): Promise<void> {
  const { engine, workspace, registration } = work
  const old = before ? seatOf(engine, { workspace_id: workspace, id, access_token: before }) : undefined
  if (old !== undefined && old !== seat) await removeSeat(engine, registration, old)
}

async function useLink({ engine, workspace, flow }: Work, link: string): Promise<void> {
  const id = (await engine.store.flows.get(workspace, flow.id))?.connection_id
  if (id) await engine.store.connectLinks.use(workspace, link, id, new Date(engine.runtime.now()))
}

/** A connection to a service keeps the id of its seat where others keep a token. It does not end by itself. */
export const seatTokens = (seat: string): TokenSet =>
  new TokenSet({
    accessToken: seat,
    tokenType: 'bearer',
    refreshToken: undefined,
    scopes: [],
    accessExpiresAt: undefined,
    refreshExpiresAt: undefined,
  })

async function patiently<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await work()
    } catch (error) {
      const passing = isMooringError(error) && (error.code === 'provider_unavailable' || error.code === 'code_refused')
      if (!passing) throw error
    }
    await engine.runtime.sleep(pause)
  }
  return work()
}

const HELD = 'held_credentials'

export const sealHeld = ({ vault }: Engine, workspace: string, flow: string, credentials: Credentials): string =>
  vault.seal(JSON.stringify(credentials), { workspace, record: flow, field: HELD })

/** What is to be known of the seat, and of the one that it takes the place of. */
async function keepSeat({ engine, workspace, flow, registration }: Work, how: How, held: string | null) {
  const id = (await engine.store.flows.get(workspace, flow.id))?.connection_id
  if (!id) return
  const keeps = held !== null && portOf(registration).keeps(registration.settings)
  const text = keeps ? engine.vault.open(held, { workspace, record: flow.id, field: HELD }) : undefined
  const kept = text === undefined ? null : sealKept(engine, workspace, id, text)
  await engine.store.connections.keepSeat(workspace, id, { made: how === 'renewed' ? undefined : how === 'made', kept })
}
