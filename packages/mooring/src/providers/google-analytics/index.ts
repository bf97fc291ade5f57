// Google Analytics: PKCE beside the secret, offline access with a consent each time, boxes that may be left unticked, refresh tokens that a refresh does not repeat.
import { defineProvider, type OAuthShape } from '../../provider.ts'
import { accounts } from './accounts.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, redirectErrors } from './errors.ts'
import { identity, subjectFrom } from './identity.ts'
import { READONLY, scopeInfo } from './scopes.ts'

const DAY = 86_400

/** Source: Google's OpenID discovery document, and "Using OAuth 2.0 for Web Server Applications". */
const oauth: OAuthShape = {
  // A refresh token comes with a consent that was shown, and offline alone: without `prompt` the second connect has none.
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  clientAuth: 'post',
  pkce: 'S256',
}

export const googleAnalytics = defineProvider({
  id: 'google-analytics',
  name: 'Google Analytics',
  issuer: 'https://accounts.google.com',
  oauth,
  apiOrigins: [
    'https://analyticsdata.googleapis.com',
    'https://analyticsadmin.googleapis.com',
    'https://openidconnect.googleapis.com',
  ],
  // Not every host below googleusercontent.com: machines that people rent at Google have names there, too.
  pictureHosts: [
    'lh3.googleusercontent.com',
    'lh4.googleusercontent.com',
    'lh5.googleusercontent.com',
    'lh6.googleusercontent.com',
  ],
  apps: [
    {
      id: 'google-analytics',
      name: 'Google Analytics',
      envPrefix: 'GOOGLE_ANALYTICS',
      scopes: [
        'openid',
        'https://www.googleapis.com/auth/userinfo.email',
        'https://www.googleapis.com/auth/userinfo.profile',
        READONLY,
      ],
      when: 'The numbers of websites and apps, read-only.',
      setup: [
        'In a project at console.cloud.google.com, enable the "Google Analytics Admin API" and the "Google Analytics Data API".',
        'Under Google Auth Platform, set up the consent screen and add the scope …/auth/analytics.readonly under Data Access.',
        'Under Audience, press "Publish app": while it is in Testing, every connection ends after seven days.',
        'Under Clients, create a client of the type "Web application" with this authorized redirect URI: {redirectUri}',
        'Set GOOGLE_ANALYTICS_CLIENT_ID and GOOGLE_ANALYTICS_CLIENT_SECRET, then restart.',
      ],
    },
  ],
  settings: [],
  scopes: { separator: ' ', info: scopeInfo },
  refresh: {
    how: 'refresh_token',
    rotates: false,
    // Captured as 604799 from apps in testing; the documents name access for a limited time.
    shortLife: {
      belowSeconds: 8 * DAY,
      why: 'Google gave access for seven days only: its app is in testing, or access was limited in time. Publish the app in Google’s console, then reconnect.',
    },
  },
  // One call with the token alone: an access token ends the refresh token beside it.
  revocation: ({ token }) => ({ method: 'POST', url: 'https://oauth2.googleapis.com/revoke', params: { token } }),
  lifetime: { accessSeconds: 3600, renewBeforeSeconds: 300 },
  redirectErrors,
  judgeToken,
  judgeApi,
  apiCode,
  apiSentence,
  identity,
  subjectFrom,
  accounts,
  notListed: [
    'You need at least the role Viewer on the property: ask its administrator under Admin, Property access management.',
    'Are you signed in with the right Google account? Connect again and choose another one.',
  ],
  docs: '/docs/providers/google-analytics',
})
