import { listedTokens } from '../core/listed.ts'
import { defineSimulator } from '../core/simulator.ts'
import { applyX } from './control/apply.ts'
import { xCommand } from './control/command.ts'
import { showX } from './control/show.ts'
import { keepX, keptX, restoreX } from './kept.ts'
import { xPlatform } from './platform.ts'
import { createState } from './state.ts'

export const x = defineSimulator({
  create: createState,
  platform: xPlatform,
  apps: (state) => state.apps,
  command: xCommand,
  apply: applyX,
  show: showX,
  listed: (state, now) => {
    const { grants, tokens } = showX(state, now)
    return {
      tokens: listedTokens(tokens),
      grants: grants.map(({ scopes, grantedAt: since, revoked: over, ...one }) => ({ ...one, scopes, since, over })),
    }
  },
  revoke: (who) => ({ revokeGrant: who }),
  kept: keptX,
  keep: keepX,
  restore: restoreX,
})
