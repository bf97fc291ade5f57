/** How posts go out to X. */
import type { Publisher, Removal } from '../../../provider-publishing.ts'
import { check } from './check.ts'
import { fit } from './check-files.ts'
import { answersIn, idFrom } from './content.ts'
import { judge } from './faults.ts'
import { features } from './features.ts'
import { API, quotas, usage } from './limits.ts'
import { readBack } from './read-back.ts'
import { next } from './steps.ts'

const removal = (id: string): Removal => ({
  request: { method: 'DELETE', url: `${API}/2/tweets/${encodeURIComponent(id)}` },
  endpoint: 'DELETE /2/tweets',
  gone: ({ status }) => status === 404,
})

export const publishing: Publisher = {
  kinds: ['person'],
  features,
  check,
  fit,
  next,
  judge,
  readBack,
  remove: (id, _as, progress) => [...answersIn(progress), id].map(removal),
  idFrom,
  usage,
  quotas,
}
