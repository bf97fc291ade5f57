/** Every platform that the sandbox plays, in the order in which they get their ports. One entry is all that adds one. */
import { googleAnalytics } from './google-analytics/index.ts'
import { heyreach } from './heyreach/index.ts'
import { hubspot } from './hubspot/index.ts'
import { instagram } from './instagram/index.ts'
import { linkedin } from './linkedin/index.ts'
import { meta } from './meta/index.ts'
import { threads } from './threads/index.ts'
import { unipile } from './unipile/index.ts'
import { x } from './x/index.ts'

export const simulators = {
  linkedin,
  x,
  meta,
  instagram,
  'google-analytics': googleAnalytics,
  hubspot,
  threads,
  heyreach,
  unipile,
} as const

export type Simulators = typeof simulators
export type PlatformId = keyof Simulators

export const platformIds = Object.keys(simulators) as PlatformId[]

/** How a platform behaves where reports differ: its switches. */
export type SettingsOf<Id extends PlatformId> = Parameters<Simulators[Id]['create']>[0]['settings']
