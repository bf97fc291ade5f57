// LinkedIn: no PKCE for confidential apps, the secret in the body, answers without token_type, scopes parted by commas.
import { defineProvider, type OAuthShape } from '../../provider.ts'
import { retirements, versionNotices } from '../../provider-versions.ts'
import { accounts } from './accounts.ts'
import { apiCode, judgeApi, judgeToken, notYetLive, redirectErrors } from './errors.ts'
import { identity, subjectFrom } from './identity.ts'
import { publishing } from './publishing/index.ts'
import { settings as publishingSettings } from './publishing/settings.ts'
import { scopeInfo } from './scopes.ts'
import { DEFAULT_VERSION, versions } from './versions.ts'

const DAY = 86_400

/** Sources: Microsoft Learn, "Authorization Code Flow", "Programmatic Refresh Tokens". `/oauth/v2/revoke` is used by many clients and documented nowhere: best effort. */
const standard: OAuthShape = {
  authorizeUrl: 'https://www.linkedin.com/oauth/v2/authorization',
  tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
  revokeUrl: 'https://www.linkedin.com/oauth/v2/revoke',
  clientAuth: 'post',
  // A code_verifier here is answered with 401 invalid_client, as if the secret were wrong.
  pkce: 'unsupported',
}

/** Microsoft Learn, "Authorization Code Flow (native clients)": enabled for an app by LinkedIn alone; no secret; loopback redirects. */
const native: OAuthShape = {
  ...standard,
  authorizeUrl: 'https://www.linkedin.com/oauth/native-pkce/authorization',
  clientAuth: 'none',
  pkce: 'S256',
  loopbackOnly: true,
}

export const linkedin = defineProvider({
  id: 'linkedin',
  name: 'LinkedIn',
  issuer: 'https://www.linkedin.com/oauth',
  oauth: standard,
  oauthFor: (settings) => (settings.PKCE === 'native' ? native : standard),
  apiOrigins: ['https://api.linkedin.com'],
  // `picture` of userinfo, and logos: signed links that end.
  pictureHosts: ['media.licdn.com'],
  apps: [
    {
      id: 'linkedin',
      name: 'LinkedIn',
      envPrefix: 'LINKEDIN',
      scopes: ['openid', 'profile', 'email', 'w_member_social'],
      when: 'People post as themselves. Anyone can make this app, in minutes.',
      setup: [
        'Create an app at linkedin.com/developers and link it to a company page.',
        'Under Products, add "Sign In with LinkedIn using OpenID Connect" and "Share on LinkedIn".',
        'Under Auth, add this redirect URL: {redirectUri}',
        'Set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, then restart.',
      ],
    },
    {
      id: 'linkedin-community',
      name: 'LinkedIn pages',
      envPrefix: 'LINKEDIN_COMMUNITY',
      scopes: [
        'r_basicprofile',
        'w_member_social',
        'w_organization_social',
        'r_organization_social',
        'rw_organization_admin',
      ],
      when: 'People post as the pages they run. LinkedIn reviews the app and takes registered companies only.',
      setup: [
        'Create a new app at linkedin.com/developers that has no other product.',
        'Under Products, request "Community Management API" and wait for the approval.',
        'Under Auth, add this redirect URL: {redirectUri}',
        'Set LINKEDIN_COMMUNITY_CLIENT_ID and LINKEDIN_COMMUNITY_CLIENT_SECRET, then restart.',
      ],
    },
  ],
  settings: [
    {
      name: 'API_VERSION',
      default: DEFAULT_VERSION,
      pattern: /^20\d{4}$/,
      describe: 'The LinkedIn-Version header, as YYYYMM.',
    },
    {
      name: 'PKCE',
      default: 'off',
      pattern: /^(off|native)$/,
      describe: '"native" for an app that LinkedIn enabled for the native flow.',
    },
    ...publishingSettings,
  ],
  scopes: { separator: ' ', info: scopeInfo },
  // The year of a refresh token runs from the consent; renewing does not extend it, and hands the same token back.
  refresh: { how: 'refresh_token', rotates: false },
  lifetime: { accessSeconds: 60 * DAY, renewBeforeSeconds: 7 * DAY },
  redirectErrors,
  judgeToken,
  judgeApi,
  apiCode,
  notYetLive,
  identity,
  subjectFrom,
  accounts,
  notListed: ['You need to be an admin of the page on LinkedIn. A new role can take a few minutes to show up.'],
  notices: (settings, now) => versionNotices(versions, settings.API_VERSION ?? DEFAULT_VERSION, now),
  publishing,
  retires: (settings) => retirements(versions, settings.API_VERSION ?? DEFAULT_VERSION),
  docs: '/docs/providers/linkedin',
})
