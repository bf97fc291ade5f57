import { defineSimulator } from '../core/simulator.ts'
import { applyHeyReach } from './control/apply.ts'
import { heyreachCommand } from './control/command.ts'
import { pressHeyReach } from './control/press.ts'
import { listedSeats, showHeyReach } from './control/show.ts'
import { keepHeyReach, keptHeyReach, restoreHeyReach } from './kept.ts'
import { heyreachPlatform } from './platform.ts'
import { createState } from './state.ts'

export const heyreach = defineSimulator({
  create: createState,
  platform: heyreachPlatform,
  apps: (state) => state.apps,
  command: heyreachCommand,
  apply: applyHeyReach,
  show: showHeyReach,
  listed: (state, now) => ({ grants: [], tokens: [], seats: listedSeats(state, now) }),
  press: pressHeyReach,
  kept: keptHeyReach,
  keep: keepHeyReach,
  restore: restoreHeyReach,
})
