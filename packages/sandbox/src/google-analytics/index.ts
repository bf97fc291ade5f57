import { listedTokens } from '../core/listed.ts'
import { defineSimulator } from '../core/simulator.ts'
import { applyGoogle } from './control/apply.ts'
import { googleCommand } from './control/command.ts'
import { showGoogle } from './control/show.ts'
import { keepGoogle, keptGoogle, restoreGoogle } from './kept.ts'
import { googlePlatform } from './platform.ts'
import { createState } from './state.ts'

export const googleAnalytics = defineSimulator({
  create: createState,
  platform: googlePlatform,
  apps: (state) => state.apps,
  command: googleCommand,
  apply: applyGoogle,
  show: showGoogle,
  listed: (state, now) => {
    const { grants, tokens } = showGoogle(state, now)
    return {
      tokens: listedTokens(tokens),
      grants: grants.map(({ scopes, grantedAt: since, revoked: over, ...one }) => ({ ...one, scopes, since, over })),
    }
  },
  revoke: (who) => ({ revokeGrant: who }),
  kept: keptGoogle,
  keep: keepGoogle,
  restore: restoreGoogle,
})
