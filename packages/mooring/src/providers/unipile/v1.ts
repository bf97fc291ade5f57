/** The API of v1, at the host and port that each customer has for themselves ("DSN"). Source: developer.unipile.com, API reference. */
import type { SeatContext } from '../../provider-credentials.ts'
import { post } from '../seats.ts'
import { type Api, done, keyJudged, pageOf } from './api.ts'
import { accountsV1, identityV1 } from './profile.ts'
import { baseOf, dsnOf } from './settings.ts'
import { restartedV1, standingV1 } from './standing.ts'
import { otherWayOf, polledOf, solvedOf, stepOf } from './steps.ts'
import { announce } from './webhooks.ts'

const PROVIDER = 'LINKEDIN'

const account = ({ settings }: Pick<SeatContext, 'settings'>, id: string): string =>
  `${baseOf(settings)}/accounts/${encodeURIComponent(id)}`

const solution = ({ settings }: SeatContext, account_id: string, code: string) =>
  post(`${baseOf(settings)}/accounts/checkpoint`, { provider: PROVIDER, account_id, code })

export const v1: Api = {
  identity: identityV1,
  accounts: accountsV1,
  checkKey: async ({ call, settings }) => keyJudged(await call({ url: `${baseOf(settings)}/accounts?limit=1` })),
  begin: async (on, { username, password }, seat) => {
    const url = seat === undefined ? `${baseOf(on.settings)}/accounts` : account(on, seat)
    return stepOf(await on.call(post(url, { provider: PROVIDER, username, password })))
  },
  solve: async (on, attempt, answer) => solvedOf(await on.call(solution(on, attempt, answer))),
  resend: async ({ call, settings }, account_id) =>
    done(await call(post(`${baseOf(settings)}/accounts/checkpoint/resend`, { account_id, provider: PROVIDER }))),
  anotherWay: async (on, attempt) => otherWayOf(await on.call(solution(on, attempt, 'TRY_ANOTHER_WAY'))),
  poll: async (on, attempt) => polledOf(attempt, await v1.standing(on, attempt)),
  hosted: async ({ call, settings }, { returnTo, notifyUrl, state, seat, expiresAt }) =>
    pageOf(
      await call(
        post(`${baseOf(settings)}/hosted/accounts/link`, {
          ...(seat === undefined
            ? { type: 'create', providers: [PROVIDER] }
            : { type: 'reconnect', reconnect_account: seat }),
          api_url: dsnOf(settings),
          expiresOn: new Date(expiresAt).toISOString(),
          name: state,
          notify_url: notifyUrl,
          success_redirect_url: returnTo,
          failure_redirect_url: returnTo,
        }),
      ),
      'url',
    ),
  standing: async (on, seat) => standingV1(await on.call({ url: account(on, seat) })),
  restart: async (on, seat) => restartedV1(await on.call({ method: 'POST', url: `${account(on, seat)}/restart` })),
  remove: async (on, seat) => done(await on.call({ method: 'DELETE', url: account(on, seat) })),
  announce,
}
