/**
 * The callback. Order matters: same browser, consumed once, same registration, same person, and only then is the
 * code redeemed. Every end leads back to the address that was fixed at the start.
 */
import { isOperators, mended, raiseAlert } from '../connections/alerts.ts'
import { configured, type Engine, partyOf } from '../connections/engine.ts'
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { judgeCallback } from '../protocol/callback.ts'
import { exchange } from '../protocol/token.ts'
import type { FlowRow } from '../store/flows.ts'
import { holdFlow } from './hold.ts'
import { sameHash, sha256, workspaceOf } from './secrets.ts'
import { settleFlow } from './settle.ts'
import { TOOK_TOO_LONG } from './view.ts'

export interface Callback {
  /** From the path. */
  registration: string
  params: URLSearchParams
  /** The secret in this browser's cookie for a flow, if it has one. */
  binding: (flowId: string) => string | undefined
  /** Who is signed in in this browser, as a flow remembers its starter: in our console, at the host, or nobody. */
  present: readonly string[]
}

/** Who can be seen again when the browser comes back. An API key and a token in a header cannot: there the flow's cookie counts. */
const SEEN_AGAIN = /^(?:person|user):/

export interface Finished {
  flowId: string
  returnTo: string
  /** Present when it failed. */
  error?: { code: string; message: string; detail: string | undefined } | undefined
  /** The flow waits for a choice of accounts. */
  checkpoint?: 'accounts' | undefined
  /** The connect session whose browser chooses on our page. */
  connectSession?: string | undefined
  /** The flow waits for the host, whose page the browser is sent to with this code. */
  completion?: { at: string; code: string } | undefined
}

/**
 * Throws MooringError only where there is no flow to go back to: `callback_invalid` (no state that we made),
 * `flow_other_browser` (nothing is consumed: the right browser can still finish).
 */
export async function finishFlow(engine: Engine, callback: Callback): Promise<Finished> {
  const states = callback.params.getAll('state')
  const state = states[0] ?? ''
  const workspace = states.length === 1 ? workspaceOf(state) : undefined
  const unknown = () =>
    new MooringError('callback_invalid', 'This link is not one of ours, or is long over. Please start again.')
  if (workspace === undefined) throw unknown()
  const flow = await engine.store.flows.byState(workspace, sha256(state))
  if (!flow) throw unknown()
  const pending = await engine.store.flows.peek(workspace, sha256(state))
  if (!pending) return over(flow)
  const binding = callback.binding(flow.id)
  if (binding === undefined || !sameHash(sha256(binding), pending.binding_hash)) {
    throw new MooringError(
      'flow_other_browser',
      'Someone else started this, or it was started in another browser. Ask them to finish, or start again.',
    )
  }
  const consumed = await engine.store.flows.consume(workspace, sha256(state), pending.binding_hash)
  if (!consumed) return over((await engine.store.flows.get(workspace, flow.id)) ?? flow)
  try {
    return await redeem(engine, workspace, flow, consumed.verifier, state, callback)
  } catch (error) {
    const fault = isMooringError(error)
      ? error
      : new MooringError('internal', 'The server made a mistake. Please start again.', { detail: unknownFault(error) })
    engine.runtime.log.warn(
      {
        flow: flow.id,
        registration: flow.registration,
        code: fault.code,
        providerCode: fault.providerCode,
        detail: fault.detail,
      },
      'a flow failed',
    )
    await engine.store.flows.fail(workspace, flow.id, fault, fault.code === 'flow_expired' ? 'expired' : 'failed')
    return { flowId: flow.id, returnTo: flow.return_to, error: fault }
  }
}

/** A second use of a state: the first one's outcome stands and nothing is done. */
function over(flow: FlowRow): Finished {
  const fault =
    flow.state === 'expired'
      ? new MooringError('flow_expired', TOOK_TOO_LONG)
      : new MooringError('flow_finished', 'This was finished already.')
  return { flowId: flow.id, returnTo: flow.return_to, error: fault }
}

async function redeem(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  sealedVerifier: string | null,
  state: string,
  callback: Callback,
): Promise<Finished> {
  if (flow.expires_at.getTime() <= engine.runtime.now()) throw new MooringError('flow_expired', TOOK_TOO_LONG)
  if (callback.registration !== flow.registration) {
    throw new MooringError('registration_mismatch', 'The answer came to the wrong address. Please start again.', {
      detail: `The flow belongs to ${flow.registration}, the callback was that of another registration.`,
    })
  }
  if (SEEN_AGAIN.test(flow.starter) && !callback.present.includes(flow.starter)) {
    throw new MooringError('flow_other_person', 'Someone else started this. Ask them to finish, or start again.')
  }
  const registration = await configured(engine, workspace, flow.registration)
  const { provider } = registration
  const grant = judgeCallback({
    params: callback.params,
    issuer: registration.issuer,
    issRequired: provider.issRequired === true,
    expectedState: state,
    redirectErrors: provider.redirectErrors,
    providerName: provider.name,
  })
  const verifier =
    sealedVerifier === null
      ? undefined
      : engine.vault.open(sealedVerifier, { workspace, record: flow.id, field: 'verifier' })
  const tokens = await exchange(engine.runtime, {
    ...partyOf(registration),
    grant,
    ...(verifier === undefined ? {} : { verifier }),
  }).catch(async (error: unknown) => {
    if (isMooringError(error) && isOperators(error)) await raiseAlert(engine, registration, error)
    throw error
  })
  await mended(engine, registration)
  return flow.complete_at === null
    ? settleFlow(engine, workspace, flow, registration, tokens)
    : holdFlow(engine, workspace, flow, flow.complete_at, tokens)
}
