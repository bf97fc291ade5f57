import { listedTokens } from '../core/listed.ts'
import { defineSimulator } from '../core/simulator.ts'
import { applyLinkedIn } from './control/apply.ts'
import { linkedinCommand } from './control/command.ts'
import { showLinkedIn } from './control/show.ts'
import { keepLinkedIn, keptLinkedIn, restoreLinkedIn } from './kept.ts'
import { createSigningKey } from './oauth/id-token.ts'
import { SESSION_PATH } from './oauth/session-page.ts'
import { WWW } from './origins.ts'
import { linkedinPlatform } from './platform.ts'
import { createState } from './state.ts'

export const linkedin = defineSimulator({
  create: createState,
  platform: (scene) => linkedinPlatform({ ...scene, key: createSigningKey() }),
  apps: (state) => state.apps,
  session: { origin: WWW, path: SESSION_PATH },
  command: linkedinCommand,
  apply: applyLinkedIn,
  show: showLinkedIn,
  listed: (state, now) => {
    const { grants, accessTokens, refreshTokens } = showLinkedIn(state, now)
    const kind = (name: string) => (one: (typeof accessTokens)[number]) => ({ ...one, kind: name })
    return {
      tokens: listedTokens([...accessTokens.map(kind('access')), ...refreshTokens.map(kind('refresh'))]),
      grants: grants.map(({ consentedAt: since, revoked: over, ...one }) => ({ ...one, since, over })),
    }
  },
  revoke: (who) => ({ revokeGrant: who }),
  kept: keptLinkedIn,
  keep: keepLinkedIn,
  restore: restoreLinkedIn,
})
