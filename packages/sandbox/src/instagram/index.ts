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
  kept: keptInstagram,
  keep: keepInstagram,
  restore: restoreInstagram,
})
