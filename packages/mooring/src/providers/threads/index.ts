// Threads: its own app id and secret, and tokens that renew themselves, as Instagram's do.
import { defineProvider, type OAuthShape, type Provider } from '../../provider.ts'
import { apiCode, judgeApi, judgeToken, limitedUntil, apiSentence as metas, redirectErrors } from '../meta/errors.ts'
import { dataDeletion, deauthorize } from '../meta/pushes.ts'
import { accounts, identity } from './accounts.ts'
import { scopeInfo } from './scopes.ts'

const DAY = 86_400
const GRAPH = 'https://graph.threads.net'

/** Sources: threads/overview; fbsamples/threads_api. Others use threads.com for the same. */
const oauth: OAuthShape = {
  authorizeUrl: 'https://www.threads.net/oauth/authorize',
  tokenUrl: `${GRAPH}/oauth/access_token`,
  clientAuth: 'post',
  pkce: 'unsupported',
}

/** Both take GET alone: nothing that logs addresses may stand between. */
const longLived: NonNullable<Provider['longLived']> = {
  exchange: ({ token, clientSecret }) => ({
    method: 'GET',
    url: `${GRAPH}/access_token`,
    params: { grant_type: 'th_exchange_token', client_secret: clientSecret, access_token: token },
  }),
  renew: ({ token }) => ({
    method: 'GET',
    url: `${GRAPH}/refresh_access_token`,
    params: { grant_type: 'th_refresh_token', access_token: token },
  }),
}

const apiSentence: NonNullable<Provider['apiSentence']> = (answer) =>
  metas(answer)?.replaceAll('facebook.com', 'threads.com').replaceAll('Facebook', 'Threads')

export const threads = defineProvider({
  id: 'threads',
  name: 'Threads',
  issuer: 'https://www.threads.net',
  oauth,
  apiOrigins: [GRAPH],
  // The host's first part differs by place.
  pictureHosts: ['*.cdninstagram.com', '*.fbcdn.net'],
  apps: [
    {
      id: 'threads',
      name: 'Threads',
      envPrefix: 'THREADS',
      scopes: ['threads_basic', 'threads_content_publish', 'threads_manage_insights'],
      when: 'People post on their own Threads profile.',
      setup: [
        'Create an app at developers.facebook.com/apps with the use case "Access the Threads API".',
        'Under the use case, Settings, take the Threads app ID and the Threads app secret (not the App ID).',
        'There, add this redirect callback URL: {redirectUri}',
        'There, too, set the uninstall callback and the delete callback to the addresses in the guide.',
        'Set THREADS_CLIENT_ID and THREADS_CLIENT_SECRET, then restart.',
        'Until App Review, only people who are Threads testers of the app can connect.',
      ],
    },
  ],
  settings: [],
  scopes: { separator: ',', info: scopeInfo },
  refresh: { how: 'self', rotates: false, notBeforeSeconds: DAY },
  longLived,
  lifetime: { accessSeconds: 60 * DAY, renewBeforeSeconds: 7 * DAY },
  redirectErrors,
  judgeToken,
  judgeApi,
  apiCode,
  apiSentence,
  limitedUntil,
  identity,
  accounts,
  pushes: { deauthorize, 'data-deletion': dataDeletion },
  docs: '/docs/providers/threads',
})
