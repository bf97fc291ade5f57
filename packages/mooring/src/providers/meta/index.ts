// Meta: one authorization for Facebook Pages and the Instagram accounts behind them. No PKCE and no refresh token: a long-lived token that is exchanged again, Pages with tokens of their own, a proof of the secret with every call.
import { defineProvider, type OAuthShape } from '../../provider.ts'
import { retirements, versionNotices } from '../../provider-versions.ts'
import { accounts } from './accounts.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, limitedUntil, redirectErrors } from './errors.ts'
import { graph, VERSION } from './graph.ts'
import { identity } from './identity.ts'
import { publishing } from './publishing/index.ts'
import { dataDeletion, deauthorize } from './pushes.ts'
import { PUBLISHING, scopeInfo } from './scopes.ts'
import { callParams, introspection, longLived, revocation } from './tokens.ts'
import { versions } from './versions.ts'

const DAY = 86_400

/** Sources: developers.facebook.com, "Manually build a login flow", "Facebook Login for Business". */
function oauthFor(settings: Readonly<Record<string, string>>): OAuthShape {
  const dialog = new URL(`https://www.facebook.com/${settings.API_VERSION ?? VERSION}/dialog/oauth`)
  // Else what a person declined once is never asked again, and a reconnect mends nothing.
  dialog.searchParams.set('auth_type', 'rerequest')
  if (settings.CONFIG_ID) dialog.searchParams.set('config_id', settings.CONFIG_ID)
  return {
    authorizeUrl: dialog.href,
    tokenUrl: graph(settings, 'oauth/access_token'),
    clientAuth: 'post',
    // Only in an OpenID variant that is labelled as in testing, with a page of 2023.
    pkce: 'unsupported',
    fixedScopes: settings.CONFIG_ID !== undefined && settings.CONFIG_ID !== '',
  }
}

export const meta = defineProvider({
  id: 'meta',
  name: 'Facebook',
  issuer: 'https://www.facebook.com',
  oauth: oauthFor({}),
  oauthFor,
  apiOrigins: ['https://graph.facebook.com'],
  // Pictures of Pages and people; those of Instagram accounts come from either. The host's first part differs by place.
  pictureHosts: ['*.fbcdn.net', '*.cdninstagram.com', 'platform-lookaside.fbsbx.com'],
  apps: [
    {
      id: 'meta',
      name: 'Facebook and Instagram',
      envPrefix: 'META',
      scopes: PUBLISHING,
      when: 'People act as their Facebook Pages, and as the Instagram accounts that are linked to those Pages.',
      setup: [
        'Create an app of the type Business at developers.facebook.com/apps, with the use case "Manage everything on your Page".',
        'Under Facebook Login (for Business), Settings, add this to Valid OAuth Redirect URIs: {redirectUri}',
        'There, set the deauthorize callback and the data deletion request to the addresses in the guide.',
        'With Facebook Login for Business, make a configuration and set META_CONFIG_ID to its number.',
        'Set META_CLIENT_ID and META_CLIENT_SECRET to App ID and App Secret (App settings, Basic), then restart.',
        'Until App Review gave you Advanced Access, only people with a role on the app can connect.',
      ],
    },
  ],
  settings: [
    {
      name: 'API_VERSION',
      default: VERSION,
      pattern: /^v\d{2}\.0$/,
      describe: 'The version of the Graph API, as v26.0.',
    },
    {
      name: 'CONFIG_ID',
      default: '',
      pattern: /^\d*$/,
      describe: 'The configuration of Facebook Login for Business; it says which permissions are asked for.',
    },
    {
      name: 'DAILY_POSTS',
      default: '50',
      pattern: /^[1-9]\d{0,2}$/,
      describe: 'Posts a day on an Instagram account, where Instagram does not say: its documents name 25, 50 and 100.',
    },
  ],
  scopes: { separator: ',', info: scopeInfo },
  // "Get long-lived access tokens"; whether a long-lived one can be exchanged again is not stated.
  refresh: { how: 'self', rotates: false, notBeforeSeconds: DAY },
  longLived,
  introspection,
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
  accountTokens: true,
  publishing,
  notListed: [
    'In the Facebook window, choose "Edit settings" and tick the Page: what is not ticked there is not shown here.',
    'A Page that a business portfolio owns is listed only with the permission business_management.',
    'You need a role on the Page that may create content. Ask its admin under Page settings, Page access.',
    'An Instagram account must be a professional one and linked to the Page. Without a Page, connect it under Instagram.',
  ],
  pushes: { deauthorize, 'data-deletion': dataDeletion },
  notices: (settings, now) => versionNotices(versions, settings.API_VERSION ?? VERSION, now),
  retires: (settings) => retirements(versions, settings.API_VERSION ?? VERSION),
  docs: '/docs/providers/meta',
})
