/** Tokens that renew themselves. Sources: "Business Login for Instagram", references `access_token` and `refresh_access_token`. */
import type { Provider } from '../../provider.ts'
import { callParams } from '../meta/tokens.ts'

export const VERSION = 'v26.0'
const GRAPH = 'https://graph.instagram.com'

/** Both take GET alone, and the secret and the token in the address: nothing that logs addresses may stand between. */
export const longLived: NonNullable<Provider['longLived']> = {
  exchange: ({ token, clientSecret }) => ({
    method: 'GET',
    url: `${GRAPH}/access_token`,
    params: {
      grant_type: 'ig_exchange_token',
      client_secret: clientSecret,
      access_token: token,
      ...callParams({ accessToken: token, clientSecret }),
    },
  }),
  renew: ({ token, clientSecret }) => ({
    method: 'GET',
    url: `${GRAPH}/refresh_access_token`,
    params: {
      grant_type: 'ig_refresh_token',
      access_token: token,
      ...callParams({ accessToken: token, clientSecret }),
    },
  }),
}

/** One client calls it, and no document names it: best effort. */
export const revocation: NonNullable<Provider['revocation']> = ({ token, clientSecret, settings }) => ({
  method: 'DELETE',
  url: `${GRAPH}/${settings.API_VERSION ?? VERSION}/me/permissions`,
  params: callParams({ accessToken: token, clientSecret }),
  headers: { authorization: `Bearer ${token}` },
})
