// X: PKCE, HTTP Basic without needless escapes, access tokens of two hours, refresh tokens for one use, one grant for each app and person.
import { defineProvider, type OAuthShape } from '../../provider.ts'
import { accounts } from './accounts.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, limitedUntil, redirectErrors } from './errors.ts'
import { identity, subjectFrom } from './identity.ts'
import { publishing } from './publishing/index.ts'
import { settings as publishingSettings } from './publishing/settings.ts'
import { scopeInfo } from './scopes.ts'

/** Source: docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE" and "User access token". */
const confidential: OAuthShape = {
  authorizeUrl: 'https://x.com/i/oauth2/authorize',
  tokenUrl: 'https://api.x.com/2/oauth2/token',
  revokeUrl: 'https://api.x.com/2/oauth2/revoke',
  clientAuth: 'basic',
  // The docs let a confidential client leave it out; traces show "Missing required parameter [client_id]." without it.
  idInBody: true,
  pkce: 'S256',
}

export const x = defineProvider({
  id: 'x',
  name: 'X',
  issuer: 'https://x.com',
  oauth: confidential,
  oauthFor: (settings) =>
    settings.CLIENT_TYPE === 'public' ? { ...confidential, clientAuth: 'none', idInBody: false } : confidential,
  apiOrigins: ['https://api.x.com'],
  pictureHosts: ['pbs.twimg.com'],
  apps: [
    {
      id: 'x',
      name: 'X',
      envPrefix: 'X',
      scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
      when: 'People post as themselves. Anyone can make this app; X bills its calls from prepaid credits.',
      setup: [
        'Create an app at console.x.com, in the package "Pay per use" and the environment "Production", and buy credits.',
        'Under User authentication settings, choose "Read and write" and the type "Web App, Automated App or Bot", and fill in a website.',
        'Add this callback URL, to the letter: {redirectUri}',
        'Set X_CLIENT_ID and X_CLIENT_SECRET to the OAuth 2.0 Client ID and Client Secret (not the API Key and Secret), then restart.',
      ],
    },
  ],
  settings: [
    {
      name: 'CLIENT_TYPE',
      default: 'confidential',
      pattern: /^(confidential|public)$/,
      describe: '"public" for a Native App or Single Page App, which has no secret.',
    },
    ...publishingSettings,
  ],
  scopes: { separator: ' ', info: scopeInfo },
  refresh: { how: 'refresh_token', rotates: true },
  // A comment in X's own command line (xurl, auth.go), and heysamtexas/django-oauth2-capture 6.
  oneGrant: true,
  // A job that renewed "everything that ends within two hours" lost its grants (trypostit/trypost 126): no sooner than needed.
  lifetime: { accessSeconds: 7200, renewBeforeSeconds: 600 },
  redirectErrors,
  judgeToken,
  judgeApi,
  apiCode,
  apiSentence,
  limitedUntil,
  identity,
  subjectFrom,
  accounts,
  publishing,
  docs: '/docs/providers/x',
})
