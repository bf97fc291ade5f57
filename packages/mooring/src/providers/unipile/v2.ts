/** The API of v2, as far as its SDK and its reference pages were read. What they leave open is not asked for. */
import type { SeatContext } from '../../provider-credentials.ts'
import { post } from '../seats.ts'
import { type Api, done, keyJudged, pageOf } from './api.ts'
import { UNSUPPORTED } from './errors.ts'
import { accountsV2, identityV2 } from './profile.ts'
import { V2_ORIGIN } from './settings.ts'
import { standingV2 } from './standing.ts'
import { polledOf, solvedOf, stepOf } from './steps.ts'

const BASE = `${V2_ORIGIN}/v2`
const PROVIDER = 'linkedin'

const account = (id: string): string => `${BASE}/accounts/${encodeURIComponent(id)}`
const unsupported = async () => UNSUPPORTED

export const v2: Api = {
  identity: identityV2,
  accounts: accountsV2,
  checkKey: async ({ call }: SeatContext) => keyJudged(await call({ url: `${BASE}/accounts/?offset=0&limit=1` })),
  begin: async ({ call }, { username, password }, seat) =>
    stepOf(
      await call(
        post(`${BASE}/auth/intent`, {
          provider: PROVIDER,
          credentials: { username, password },
          ...(seat !== undefined && { account_id: seat }),
        }),
      ),
    ),
  solve: async ({ call }, intent_id, code) =>
    solvedOf(await call(post(`${BASE}/auth/checkpoint`, { intent_id, code }))),
  poll: async (on, attempt) => polledOf(attempt, await v2.standing(on, attempt)),
  hosted: async ({ call }, { returnTo, state, seat, expiresAt }) =>
    pageOf(
      await call(
        post(`${BASE}/auth/link`, {
          ...(seat === undefined ? { providers: [PROVIDER] } : { account_id: seat }),
          expires_on: new Date(expiresAt).toISOString(),
          redirect_uri: returnTo,
          state,
        }),
      ),
      'link',
    ),
  standing: async ({ call }, seat) => standingV2(await call({ url: account(seat) })),
  remove: async ({ call }, seat) => done(await call({ method: 'DELETE', url: account(seat) })),
  // Another checkpoint can be asked for, by an address that was not seen.
  resend: unsupported,
  anotherWay: unsupported,
  restart: unsupported,
  // Its webhooks are signed with a secret of its own making, and take no header of ours.
  announce: unsupported,
}
