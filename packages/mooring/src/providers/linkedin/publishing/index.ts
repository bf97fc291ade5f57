/** How posts go out to LinkedIn. */
import type { Publisher } from '../../../provider-publishing.ts'
import { check } from './check.ts'
import { fit } from './check-files.ts'
import { judge } from './faults.ts'
import { features } from './features.ts'
import { API, legacyHeaders, restHeaders } from './headers.ts'
import { quotas } from './limits.ts'
import { readBack } from './read-back.ts'
import { isLegacy } from './settings.ts'
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
  remove: (id, as) => {
    const endpoint = isLegacy(as) ? '/v2/ugcPosts' : '/rest/posts'
    const headers = { ...(isLegacy(as) ? legacyHeaders : restHeaders(as)), 'X-RestLi-Method': 'DELETE' }
    return {
      request: { method: 'DELETE', url: `${API}${endpoint}/${encoded(id)}`, headers },
      endpoint: `DELETE ${endpoint}`,
      gone: [404],
    }
  },
  idFrom,
  quotas,
}
