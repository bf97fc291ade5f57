// Instagram Login: professional accounts without a Page. Its own id and secret, a token endpoint that takes POST alone, long-lived tokens that renew themselves.
import { defineProvider, type OAuthShape } from '../../provider.ts'
import { dataDeletion, deauthorize } from '../meta/pushes.ts'
import { callParams } from '../meta/tokens.ts'
import { accounts, identity } from './accounts.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, limitedUntil, redirectErrors } from './errors.ts'
import { publishing } from './publishing.ts'
import { scopeInfo } from './scopes.ts'
import { longLived, revocation, VERSION } from './tokens.ts'

const DAY = 86_400

/** Source: developers.facebook.com, "Business Login for Instagram". */
const oauth: OAuthShape = {
  // Without Facebook's button in the window, and with the question who it is: else the browser's session decides.
  authorizeUrl: 'https://www.instagram.com/oauth/authorize?enable_fb_login=0&force_authentication=1',
  tokenUrl: 'https://api.instagram.com/oauth/access_token',
  clientAuth: 'post',
  pkce: 'unsupported',
}

export const instagram = defineProvider({
  id: 'instagram',
  name: 'Instagram',
  issuer: 'https://www.instagram.com',
  oauth,
  apiOrigins: ['https://graph.instagram.com'],
  // The host's first part differs by place.
  pictureHosts: ['*.cdninstagram.com', '*.fbcdn.net'],
  apps: [
    {
      id: 'instagram',
      name: 'Instagram',
      envPrefix: 'INSTAGRAM',
      scopes: ['instagram_business_basic', 'instagram_business_content_publish', 'instagram_business_manage_insights'],
      when: 'People post on a professional Instagram account that has no Facebook Page.',
      setup: [
        'Create an app of the type Business at developers.facebook.com/apps and add the product Instagram.',
        'Under Instagram, API setup with Instagram login, take the Instagram app ID and the Instagram app secret (not the App ID).',
        'There, under Business login settings, add this redirect URL: {redirectUri}',
        'There, too, set the deauthorize callback and the data deletion request to the addresses in the guide.',
        'Set INSTAGRAM_CLIENT_ID and INSTAGRAM_CLIENT_SECRET, then restart.',
        'Until App Review gave you Advanced Access, only accounts that are testers of the app can connect.',
      ],
    },
  ],
  settings: [
    {
      name: 'API_VERSION',
      default: VERSION,
      pattern: /^v\d{2}\.0$/,
      describe: 'The version of the Instagram API, as v26.0.',
    },
    {
      name: 'DAILY_POSTS',
      default: '50',
      pattern: /^[1-9]\d{0,2}$/,
      describe: 'Posts a day on an Instagram account, where Instagram does not say: its documents name 25, 50 and 100.',
    },
  ],
  scopes: { separator: ',', info: scopeInfo },
  refresh: { how: 'self', rotates: false, notBeforeSeconds: DAY },
  longLived,
  revocation,
  callParams,
  lifetime: { accessSeconds: 60 * DAY, renewBeforeSeconds: 7 * DAY },
  redirectErrors,
  judgeToken,
  judgeApi,
  apiCode,
  apiSentence,
  limitedUntil,
  identity,
  accounts,
  publishing,
  notListed: [
    'Only professional accounts (Business or Creator) can be connected. Change it in the Instagram app, under Account type.',
  ],
  pushes: { deauthorize, 'data-deletion': dataDeletion },
  docs: '/docs/providers/instagram',
})
