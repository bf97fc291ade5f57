// HubSpot: dated endpoints, everything in the body, access tokens of 30 minutes, scopes that a plan may drop, the portal as the one account.
import { defineProvider, type OAuthShape } from '../../provider.ts'
import { retirements, versionNotices } from '../../provider-versions.ts'
import { accounts, identity, subjectFrom } from './accounts.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, limitedUntil, redirectErrors } from './errors.ts'
import { scopeInfo } from './scopes.ts'
import { introspection, oauthUrl, revocation } from './tokens.ts'
import { VERSION, versions } from './versions.ts'

/** Sources: HubSpot's specification, changelog "v1 OAuth API Deprecation". */
const oauthFor = (settings: Readonly<Record<string, string>>): OAuthShape => ({
  authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
  tokenUrl: oauthUrl(settings, 'token'),
  clientAuth: 'post',
  // The token endpoint takes a verifier (specification); whether the authorize page honours a challenge is not known.
  pkce: settings.PKCE === 'S256' ? 'S256' : 'unsupported',
  optionalScopes: (settings.OPTIONAL_SCOPES ?? '').split(/[\s,]+/).filter(Boolean),
})

export const hubspot = defineProvider({
  id: 'hubspot',
  name: 'HubSpot',
  issuer: 'https://app.hubspot.com',
  oauth: oauthFor({}),
  oauthFor,
  apiOrigins: ['https://api.hubapi.com'],
  apps: [
    {
      id: 'hubspot',
      name: 'HubSpot',
      envPrefix: 'HUBSPOT',
      scopes: ['oauth', 'crm.objects.contacts.read'],
      when: 'Contacts and numbers of a HubSpot account.',
      setup: [
        'Create a project-based app with OAuth in a HubSpot developer account (developers.hubspot.com).',
        'Add this redirect URL, to the letter: {redirectUri}',
        'Give the app exactly the required scopes "oauth crm.objects.contacts.read"; what differs from HUBSPOT_SCOPES ends on HubSpot’s error page.',
        'Scopes that not every plan or user has go into the app as optional, and into HUBSPOT_OPTIONAL_SCOPES.',
        'Set HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET, then restart.',
      ],
    },
  ],
  settings: [
    {
      name: 'API_VERSION',
      default: VERSION,
      pattern: /^(20\d\d-(03|09)|v3)$/,
      describe: 'The version of the OAuth and account-info endpoints, as 2026-03.',
    },
    {
      name: 'OPTIONAL_SCOPES',
      default: '',
      pattern: /^[\w.\s,-]*$/,
      describe:
        'Scopes that HubSpot drops silently where an account’s plan or its user has them not; the app must have them as optional.',
    },
    {
      name: 'PKCE',
      default: 'off',
      pattern: /^(off|S256)$/,
      describe: '"S256" sends a code challenge, where HubSpot honours one for your app.',
    },
  ],
  scopes: { separator: ' ', info: scopeInfo },
  // An answer has a refresh token; whether it ever differs is not stated: what comes is stored.
  refresh: { how: 'refresh_token', rotates: false },
  introspection,
  revocation,
  lifetime: { accessSeconds: 1800, renewBeforeSeconds: 300 },
  redirectErrors,
  judgeToken,
  judgeApi,
  apiCode,
  apiSentence,
  limitedUntil,
  identity,
  subjectFrom,
  accounts,
  notices: (settings, now) => versionNotices(versions, settings.API_VERSION ?? VERSION, now),
  retires: (settings) => retirements(versions, settings.API_VERSION ?? VERSION),
  docs: '/docs/providers/hubspot',
})
