/** The service's own page, for what this API cannot solve. The person goes there and comes back; the service says which seat came of it. */
import { type Engine, knownAs } from '../../connections/engine.ts'
import { seatContext } from '../../connections/seat-context.ts'
import { MooringError } from '../../error.ts'
import { isRefused } from '../../provider-credentials.ts'
import { newRoutedSecret, sha256, workspaceOf } from '../secrets.ts'
import { flowOf, notWaiting, seatToRenew } from './attempt.ts'
import { settleSeat } from './settle-seat.ts'
import { abandon, explain, LEASE_MS } from './work.ts'

/** A page is used within this, in ms. The services end their links at least once a day. */
const HOSTED_LIFE_MS = 30 * 60_000

/** A new address for each press. Throws `conflict` where the service has no page for it. */
export async function hostedPage(engine: Engine, workspace: string, id: string, baseUrl: string): Promise<string> {
  const { row, registration, port } = await flowOf(engine, workspace, id)
  const { hosted } = port.ways(registration.settings, registration.app.id)
  if (!hosted || !port.hosted) throw notWaiting()
  const attempt = engine.runtime.uuid()
  const secret = newRoutedSecret(workspace, engine.runtime.random)
  const now = engine.runtime.now()
  const seat = await seatToRenew(engine, workspace, row.reconnects)
  await abandon(engine, registration, row)
  const made = await port.hosted(seatContext(engine, registration), {
    returnTo: `${baseUrl}/connect/${id}`,
    notifyUrl: `${baseUrl}/hosted/${secret}`,
    state: id,
    seat,
    expiresAt: now + HOSTED_LIFE_MS,
  })
  if (isRefused(made)) {
    const said = await explain({ engine, workspace, flow: row, registration, attempt }, made)
    throw new MooringError(said.code, said.message, { providerCode: made.code, retryAfter: made.retryAfter })
  }
  const endsAt = new Date(now + HOSTED_LIFE_MS)
  const flow = await engine.store.attempts.hosted(workspace, id, {
    ...{ attempt, notifyHash: sha256(secret), checkpoint: { type: 'hosted' }, endsAt, overAt: endsAt },
  })
  if (!flow) throw notWaiting()
  return engine.runtime.platformUrl(made.url)
}

/** The service posted how it went. Answers the same for an address that is nobody's. */
export async function hostedNotice(engine: Engine, secret: string, body: unknown): Promise<void> {
  const workspace = workspaceOf(secret)
  const row = workspace === undefined ? undefined : await engine.store.attempts.byNotice(workspace, sha256(secret))
  if (workspace === undefined || !row || row.attempt === null)
    throw new MooringError('not_found', 'That does not exist.')
  const port = knownAs(engine, row.registration)?.provider.credentials
  const seat = port?.hostedSeat?.(body)
  if (seat === undefined) {
    engine.runtime.log.warn({ flow: row.id }, 'a hosted page told of no seat')
    return
  }
  const { registration } = await flowOf(engine, workspace, row.id)
  const flow = await engine.store.attempts.answer(workspace, row.id, new Date(engine.runtime.now() + LEASE_MS))
  if (flow?.attempt)
    await settleSeat(
      { engine, workspace, flow, registration, attempt: flow.attempt },
      seat,
      flow.reconnects === null ? 'made' : 'renewed',
    )
}
