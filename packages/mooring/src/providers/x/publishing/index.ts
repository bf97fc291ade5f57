/** How posts go out to X. */
import type { Publisher } from '../../../provider-publishing.ts'
import { check } from './check.ts'
import { fit } from './check-files.ts'
import { idFrom } from './content.ts'
import { judge } from './faults.ts'
import { features } from './features.ts'
import { API, quotas, usage } from './limits.ts'
import { readBack } from './read-back.ts'
import { next } from './steps.ts'

export const publishing: Publisher = {
  kinds: ['person'],
  features,
  check,
  fit,
  next,
  judge,
  readBack,
  // Of a thread the first part alone.
  remove: (id) => ({
    request: { method: 'DELETE', url: `${API}/2/tweets/${encodeURIComponent(id)}` },
    endpoint: 'DELETE /2/tweets',
    gone: [404],
  }),
  idFrom,
  usage,
  quotas,
}
