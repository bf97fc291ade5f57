import { createKeys } from '../../packages/mooring/src/access/keys.ts'
import type { Scope } from '../../packages/mooring/src/access/principal.ts'
import type { Runtime } from '../../packages/mooring/src/runtime.ts'
import type { Store } from '../../packages/mooring/src/store/store.ts'

/** A key of the database's, as people make them: hashed and looked up as in real use. */
export function benchKey(runtime: Runtime, store: Store, workspace: string, scope: Scope): Promise<{ key: string }> {
  const keys = createKeys(runtime, store, { workspace, instanceKeys: {}, mode: 'live' })
  return keys.create({ name: 'Bench', scopes: [scope], workspace: null, expiresAt: null, createdBy: 'Bench' })
}
