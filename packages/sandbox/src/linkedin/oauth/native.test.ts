import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { kit, REDIRECT, WWW } from '../../kit.ts'

const k = kit()
const VERIFIER = 'native-verifier-native-verifier-native-verifier'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
const LOOPBACK = 'http://127.0.0.1:51234/done'

beforeEach(() => k.steer({ linkedin: { app: { registration: 'linkedin-community', nativePkce: true } } }))

function url(fields: Record<string, string | undefined> = {}, registration = 'linkedin-community') {
  const { clientId } = k.app(registration)
  const right = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: LOOPBACK,
    scope: 'r_basicprofile w_member_social',
    state: 's',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...fields,
  }
  const given = Object.entries(right).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return `${WWW}/oauth/native-pkce/authorization?${new URLSearchParams(given)}`
}

async function code(fields: Record<string, string | undefined> = {}) {
  const screen = await k.sandbox.browser().consent(url(fields))
  return new URL(screen.location ?? 'http://none').searchParams.get('code') ?? ''
}

const exchange = (value: string, fields: Record<string, string | undefined> = {}) =>
  k.exchange(
    value,
    { redirect_uri: LOOPBACK, client_secret: undefined, code_verifier: VERIFIER, ...fields },
    {},
    'linkedin-community',
  )

describe('the native flow', () => {
  it('takes a verifier and no secret', async () => {
    const answer = await exchange(await code())
    expect(answer.status).toBe(200)
    expect((await k.get('/v2/me', answer.json.access_token)).status).toBe(200)
  })

  it('refreshes without a secret, too', async () => {
    const { json } = await exchange(await code())
    const refreshed = await k.refresh(json.refresh_token, { client_secret: undefined }, 'linkedin-community')
    expect(refreshed.status).toBe(200)
  })

  it('survives a switch of member', async () => {
    const screen = await k.sandbox.browser().consent(url(), { member: 'tomas' })
    const back = new URL(screen.location ?? '')
    expect(back.origin + back.pathname).toBe(LOOPBACK)
    const answer = await exchange(back.searchParams.get('code') ?? '')
    expect((await k.get('/v2/me', answer.json.access_token)).json.localizedFirstName).toBe('Tomas')
  })

  it.each(['http://127.0.0.1:1/', 'http://127.0.0.1:65535', 'http://[::1]:8080/x'])(
    'goes back to %s',
    async (redirect_uri) => {
      const screen = await k.sandbox.browser().consent(url({ redirect_uri }))
      expect(screen.location).toContain('code=')
    },
  )

  it.each([
    'http://localhost:8080/',
    'https://127.0.0.1:8080/',
    'http://127.0.0.1.evil.example/',
    'http://192.168.0.1/',
    'https://app.example/callback/two',
    REDIRECT,
    'http://127.0.0.1:8080/#x',
    'http://127.0.0.1:80\\@evil.example/',
  ])('never goes back to %s', async (redirect_uri) => {
    const screen = await k.sandbox.browser().open(url({ redirect_uri }))
    expect(screen).toMatchObject({ status: 401, location: undefined })
  })

  it('is for apps that have it', async () => {
    expect(await k.sandbox.browser().open(url({}, 'linkedin'))).toMatchObject({ status: 401, location: undefined })
  })

  it.each([
    ['no challenge', { code_challenge: undefined }],
    ['plain', { code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: undefined }],
    ['a challenge that is no SHA-256', { code_challenge: 'short' }],
  ])('%s is refused', async (_name, fields) => {
    const screen = await k.sandbox.browser().open(url(fields))
    expect(new URL(screen.location ?? '').searchParams.get('error')).toBe('invalid_request')
  })

  it.each(['openid', 'profile', 'email'])('%s is not given here', async (scope) => {
    k.steer({ linkedin: { app: { registration: 'linkedin', nativePkce: true } } })
    const screen = await k.sandbox.browser().open(url({ scope: `w_member_social ${scope}` }, 'linkedin'))
    expect(new URL(screen.location ?? '').searchParams.get('error')).toBe('unauthorized_scope_error')
  })

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_request'],
    ['no verifier', { code_verifier: undefined }, 400, 'invalid_request'],
    ['the challenge for a verifier', { code_verifier: CHALLENGE }, 400, 'invalid_request'],
    ['a secret', { client_secret: 'SANDBOX.community/not+a/real+secret==' }, 401, 'invalid_client'],
    ['another redirect', { redirect_uri: 'http://127.0.0.1:51235/done' }, 400, 'invalid_redirect_uri'],
  ])('an exchange with %s', async (_name, fields, status, error) => {
    const value = await code()
    const answer = await exchange(value, fields)
    expect([answer.status, answer.json.error]).toEqual([status, error])
    expect((await exchange(value)).status).toBe(200)
  })

  it('a code of the standard flow still wants the secret and no verifier', async () => {
    const value = await k.code({ registration: 'linkedin-community' })
    const answer = await k.exchange(
      value,
      { client_secret: undefined, code_verifier: VERIFIER },
      {},
      'linkedin-community',
    )
    expect(answer.json.error_description).toBe('A required parameter "client_secret" is missing')
    expect((await k.exchange(value, { code_verifier: VERIFIER }, {}, 'linkedin-community')).status).toBe(401)
  })

  it('a refresh token of the standard flow wants the secret', async () => {
    const { refresh_token } = await k.tokens({ registration: 'linkedin-community' })
    const answer = await k.refresh(refresh_token, { client_secret: undefined }, 'linkedin-community')
    expect(answer.json.error_description).toBe('A required parameter "client_secret" is missing')
  })
})
