import { listedTokens } from '../core/listed.ts'
import { defineSimulator } from '../core/simulator.ts'
import { applyHubSpot } from './control/apply.ts'
import { hubspotCommand } from './control/command.ts'
import { showHubSpot } from './control/show.ts'
import { keepHubSpot, keptHubSpot, restoreHubSpot } from './kept.ts'
import { hubspotPlatform } from './platform.ts'
import { createState } from './state.ts'

export const hubspot = defineSimulator({
  create: createState,
  platform: hubspotPlatform,
  apps: (state) => state.apps,
  command: hubspotCommand,
  apply: applyHubSpot,
  show: showHubSpot,
  listed: (state, now) => {
    const { grants, tokens } = showHubSpot(state, now)
    return {
      tokens: listedTokens(tokens),
      grants: grants.map(({ scopes, grantedAt: since, uninstalled: over, ...one }) => ({
        ...one,
        scopes,
        since,
        over,
      })),
    }
  },
  revoke: (who) => ({ uninstall: who }),
  kept: keptHubSpot,
  keep: keepHubSpot,
  restore: restoreHubSpot,
})
