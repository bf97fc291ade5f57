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
  kept: keptX,
  keep: keepX,
  restore: restoreX,
})
