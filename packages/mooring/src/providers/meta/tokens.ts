/** Tokens that renew themselves, what Meta knows of one, and how a grant ends. Sources: "Get long-lived access tokens", "Debug token", "Secure requests". */
import { createHmac } from 'node:crypto'
import { type GrantParts, need, number, type Provider, stringsIn, text, truth } from '../../provider.ts'
import { graph } from './graph.ts'

/** By POST: the same fields, and the secret in no address. */
const lengthen = ({ token, clientId, clientSecret, settings }: GrantParts) => ({
  method: 'POST' as const,
  url: graph(settings, 'oauth/access_token'),
  params: {
    grant_type: 'fb_exchange_token',
    client_id: clientId,
    client_secret: clientSecret,
    fb_exchange_token: token,
  },
})

export const longLived: NonNullable<Provider['longLived']> = { exchange: lengthen, renew: lengthen }

/** Lower-case hex of HMAC-SHA256 with the app's secret over the token: each token has its own. */
const proof = (accessToken: string, clientSecret: string): string =>
  createHmac('sha256', clientSecret).update(accessToken).digest('hex')

export const callParams = ({ accessToken, clientSecret }: { accessToken: string; clientSecret: string }) => ({
  appsecret_proof: proof(accessToken, clientSecret),
})

export const introspection: NonNullable<Provider['introspection']> = {
  request: ({ token, clientId, clientSecret, settings }) => ({
    method: 'GET',
    url: graph(settings, 'debug_token'),
    params: { input_token: token, access_token: `${clientId}|${clientSecret}` },
  }),
  read: ({ body }) => {
    const active = truth(body, 'data', 'is_valid')
    need(active === undefined ? undefined : 'there', 'Facebook', 'data.is_valid')
    const ends = number(body, 'data', 'data_access_expires_at')
    const subcode = number(body, 'data', 'error', 'subcode')
    const code = text(body, 'data', 'error', 'code')
    return {
      active: active === true,
      scopes: stringsIn(body, 'data', 'scopes'),
      // 0 where there is none.
      dataAccessEndsAt: ends === undefined || ends <= 0 ? undefined : ends * 1000,
      code: code === undefined ? undefined : [code, ...(subcode === undefined ? [] : [subcode])].join('/'),
      sentence: subcode === undefined ? undefined : WHY[subcode],
    }
  },
}

/** Why a token is dead, by the subcode of 190 ("Handle errors"), with what to do. */
export const WHY: Readonly<Record<number, string>> = {
  458: 'The app was removed on Facebook. Reconnect to go on.',
  459: 'Facebook wants to see you first. Log in at facebook.com, then reconnect.',
  460: 'The password was changed, or Facebook ended the session. Reconnect to go on.',
  463: 'Access to Facebook has ended. Reconnect to go on.',
  464: 'Facebook wants this account confirmed. Log in at facebook.com, then reconnect.',
  467: 'Facebook ended our access. Reconnect to go on.',
  492: 'The role on this Page was taken away. Ask its admin, then reconnect.',
}

/** Removes the app for this person, with all that was connected by it. With the token of a person alone. */
export const revocation: NonNullable<Provider['revocation']> = ({ token, clientSecret, settings }) => ({
  method: 'DELETE',
  url: graph(settings, 'me/permissions'),
  params: { appsecret_proof: proof(token, clientSecret) },
  headers: { authorization: `Bearer ${token}` },
})
