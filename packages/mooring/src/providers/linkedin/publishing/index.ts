/** How posts go out to LinkedIn. */
import type { Publisher } from '../../../provider-publishing.ts'
import { check } from './check.ts'
import { fit } from './check-files.ts'
import { judge } from './faults.ts'
import { features } from './features.ts'
import { API, restHeaders } from './headers.ts'
import { quotas } from './limits.ts'
import { readBack } from './read-back.ts'
import { next } from './steps.ts'
import { UPLOAD } from './uploads.ts'
import { encoded, idFrom } from './urns.ts'

/** The same text of the same author is refused for about ten minutes ("UGC Post API", Microsoft Learn); reports say longer. */
const TWINS_REFUSED_MS = 8 * 60_000

export const publishing: Publisher = {
  kinds: ['person', 'organization'],
  uploadOrigins: [UPLOAD],
  features,
  check,
  fit,
  next,
  judge,
  readBack,
  resendSettles: ({ settings }, { text }, ageMs) =>
    settings.SETTLE_BY_RESEND === 'on' && text.trim() !== '' && ageMs < TWINS_REFUSED_MS,
  // Posts of the older API have the same URNs. What is gone already is 204; a 404 can hide a missing permission.
  remove: (id, as) => [
    {
      request: {
        method: 'DELETE',
        url: `${API}/rest/posts/${encoded(id)}`,
        headers: { ...restHeaders(as), 'X-RestLi-Method': 'DELETE' },
      },
      endpoint: 'DELETE /rest/posts',
      gone: () => false,
    },
  ],
  idFrom,
  quotas,
}
