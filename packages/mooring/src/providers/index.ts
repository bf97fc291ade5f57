/** Every provider that Mooring knows, in the order in which they are shown. */
import type { Provider } from '../provider.ts'
import { googleAnalytics } from './google-analytics/index.ts'
import { heyreach } from './heyreach/index.ts'
import { hubspot } from './hubspot/index.ts'
import { instagram } from './instagram/index.ts'
import { linkedin } from './linkedin/index.ts'
import { meta } from './meta/index.ts'
import { threads } from './threads/index.ts'
import { unipile } from './unipile/index.ts'
import { x } from './x/index.ts'

export const providers: readonly Provider[] = [
  linkedin,
  x,
  meta,
  instagram,
  googleAnalytics,
  hubspot,
  threads,
  unipile,
  heyreach,
]
