import { defineSimulator } from '../core/simulator.ts'
import { applyThreads } from './control/apply.ts'
import { threadsCommand } from './control/command.ts'
import { showThreads } from './control/show.ts'
import { keepThreads, keptThreads, restoreThreads } from './kept.ts'
import { threadsPlatform } from './platform.ts'
import { createState } from './state.ts'

export const threads = defineSimulator({
  create: createState,
  platform: threadsPlatform,
  apps: (state) => state.apps,
  command: threadsCommand,
  apply: applyThreads,
  show: showThreads,
  kept: keptThreads,
  keep: keepThreads,
  restore: restoreThreads,
})
