import { listedTokens } from '../core/listed.ts'
import { defineSimulator } from '../core/simulator.ts'
import { applyInstagram } from './control/apply.ts'
import { instagramCommand } from './control/command.ts'
import { showInstagram } from './control/show.ts'
import { keepInstagram, keptInstagram, restoreInstagram } from './kept.ts'
import { instagramPlatform } from './platform.ts'
import { createState } from './state.ts'

export const instagram = defineSimulator({
  create: createState,
  platform: instagramPlatform,
  apps: (state) => state.apps,
  command: instagramCommand,
  apply: applyInstagram,
  show: showInstagram,
  listed: (state, now) => {
    const { grants, tokens } = showInstagram(state, now)
    return {
      tokens: listedTokens(tokens),
      grants: grants.map(({ permissions: scopes, ended, ...one }) => ({
        ...one,
        scopes,
        since: null,
        over: ended !== null,
      })),
    }
  },
  revoke: (who) => ({ revokeGrant: who }),
  kept: keptInstagram,
  keep: keepInstagram,
  restore: restoreInstagram,
})
