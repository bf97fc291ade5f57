/** HubSpot's dated OAuth endpoints: everything by POST, in the body. Source: specification, `oauth/2026-03`. */
import { need, type Provider, stringsIn, text, truth } from '../../provider.ts'
import { VERSION } from './versions.ts'

export const oauthUrl = (settings: Readonly<Record<string, string>>, path: string): string =>
  `https://api.hubapi.com/oauth/${settings.API_VERSION ?? VERSION}/${path}`

export const introspection: NonNullable<Provider['introspection']> = {
  request: ({ token, kind, clientId, clientSecret, settings }) => ({
    method: 'POST',
    url: oauthUrl(settings, 'token/introspect'),
    params: { client_id: clientId, client_secret: clientSecret, token, token_type_hint: kind },
  }),
  // For a dead token an `active: false` or an error, which nobody has documented.
  mayRefuse: true,
  read: ({ body }) => {
    const active = truth(body, 'active')
    need(active === undefined ? undefined : 'there', 'HubSpot', 'active')
    return {
      active: active === true,
      scopes: stringsIn(body, 'scopes'),
      // account-info of the older versions has no name.
      label: text(body, 'hub_domain'),
      email: text(body, 'user'),
    }
  },
}

/** The refresh token goes; access tokens that are out work to their end, and the app stays installed. */
export const revocation: NonNullable<Provider['revocation']> = ({ token, kind, clientId, clientSecret, settings }) => ({
  method: 'POST',
  url: oauthUrl(settings, 'token/revoke'),
  params: { client_id: clientId, client_secret: clientSecret, token, token_type_hint: kind },
})
