import { defineSimulator } from '../core/simulator.ts'
import { applyUnipile } from './control/apply.ts'
import { unipileCommand } from './control/command.ts'
import { listedSeats, pressUnipile } from './control/press.ts'
import { showUnipile } from './control/show.ts'
import { settle } from './intents.ts'
import { keepUnipile, keptUnipile, restoreUnipile } from './kept.ts'
import { LOGINS } from './people.ts'
import { unipilePlatform } from './platform.ts'
import { pushDue } from './push.ts'
import { createState } from './state.ts'

export const unipile = defineSimulator({
  create: createState,
  platform: unipilePlatform,
  apps: (state) => state.apps,
  command: unipileCommand,
  apply: applyUnipile,
  show: showUnipile,
  listed: (state, now) => ({ grants: [], tokens: [], seats: listedSeats(state, now), logins: LOGINS }),
  press: pressUnipile,
  beat: (world) => {
    const settled = settle(world.state, world.clock.now())
    return pushDue(world) || settled
  },
  kept: keptUnipile,
  keep: keepUnipile,
  restore: restoreUnipile,
})
