import { listedTokens } from '../core/listed.ts'
import { defineSimulator } from '../core/simulator.ts'
import { applyMeta } from './control/apply.ts'
import { metaCommand } from './control/command.ts'
import { showMeta } from './control/show.ts'
import { keepMeta, keptMeta, restoreMeta } from './kept.ts'
import { metaPlatform } from './platform.ts'
import { createState } from './state.ts'

export const meta = defineSimulator({
  create: createState,
  platform: metaPlatform,
  apps: (state) => state.apps,
  command: metaCommand,
  apply: applyMeta,
  show: showMeta,
  listed: (state, now) => {
    const { grants, tokens } = showMeta(state, now)
    return {
      tokens: listedTokens(tokens),
      grants: grants.map(({ granted: scopes, grantedAt: since, ended, ...one }) => ({
        ...one,
        scopes,
        since,
        over: ended !== null,
      })),
    }
  },
  revoke: (who) => ({ endGrant: { ...who, why: 'removed' as const } }),
  kept: keptMeta,
  keep: keepMeta,
  restore: restoreMeta,
})
