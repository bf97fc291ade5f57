/** What a platform gave, kept sealed in the flow until the host's server says who came back. */
import type { Engine } from '../connections/engine.ts'
import { MooringError } from '../error.ts'
import { type TokenSet, textOfTokens } from '../protocol/token.ts'
import type { FlowRow } from '../store/flows.ts'
import type { Finished } from './finish.ts'
import { newRoutedSecret, sha256 } from './secrets.ts'

/** So long the host has, in ms. */
export const COMPLETION_LIFE_MS = 10 * 60_000

export const HELD_FIELD = 'held_tokens'

/** Keeps the tokens back, and says where the browser goes with the code that takes them. */
export async function holdFlow(
  engine: Engine,
  workspace: string,
  flow: FlowRow,
  at: string,
  tokens: TokenSet,
): Promise<Finished> {
  const code = newRoutedSecret(workspace, engine.runtime.random)
  const held = await engine.store.completions.hold(workspace, flow.id, {
    codeHash: sha256(code),
    tokens: engine.vault.seal(textOfTokens(tokens), { workspace, record: flow.id, field: HELD_FIELD }),
    expiresAt: new Date(engine.runtime.now() + COMPLETION_LIFE_MS),
  })
  if (!held) throw new MooringError('flow_finished', 'This was given up meanwhile. Nothing was connected.')
  return { flowId: flow.id, returnTo: flow.return_to, completion: { at, code } }
}
