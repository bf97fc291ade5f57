import { describe, expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()
const TOKEN = { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }

describe('a refresh', () => {
  it('gives the next refresh token, and the old one is spent', async () => {
    const first = await k.tokens()
    const second = (await k.refresh(first.refresh_token)).json
    expect(second).toMatchObject({ token_type: 'bearer', expires_in: 7200, scope: first.scope })
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await k.me(second.access_token)).status).toBe(200)
    expect((await k.refresh(second.refresh_token)).status).toBe(200)
  })

  it('with a spent token is refused and ends the grant, or is refused and no more', async () => {
    const first = await k.tokens()
    const second = (await k.refresh(first.refresh_token)).json
    expect(await k.refresh(first.refresh_token)).toMatchObject({ status: 400, json: TOKEN })
    expect(await k.refresh(second.refresh_token)).toMatchObject({ status: 400, json: TOKEN })
    expect((await k.me(second.access_token)).status).toBe(401)

    k.steer({ settings: { reuse: 'refused' } })
    const third = await k.tokens()
    const fourth = (await k.refresh(third.refresh_token)).json
    expect((await k.refresh(third.refresh_token)).status).toBe(400)
    expect((await k.me(fourth.access_token)).status).toBe(200)
    expect((await k.refresh(fourth.refresh_token)).status).toBe(200)
  })

  it('is for refresh tokens of this app alone', async () => {
    const { access_token, refresh_token } = await k.tokens()
    expect((await k.refresh(access_token)).json).toEqual(TOKEN)
    expect((await k.refresh(refresh_token, {}, {}, 'x-native')).json).toEqual(TOKEN)
    expect((await k.refresh('')).json.error_description).toBe('Missing required parameter [refresh_token].')
    // Nothing of that used it up.
    expect((await k.refresh(refresh_token)).status).toBe(200)
  })

  it('goes on after the access token ended, until the refresh token does', async () => {
    const { access_token, refresh_token } = await k.tokens()
    k.sandbox.control.advance(7200)
    expect((await k.me(access_token)).status).toBe(401)
    const next = (await k.refresh(refresh_token)).json
    k.steer({ token: { do: 'expire', kind: 'refresh' } })
    expect((await k.refresh(next.refresh_token)).json).toEqual(TOKEN)
    k.steer({ settings: { grantError: 'invalid_grant' } })
    expect((await k.refresh(next.refresh_token)).json.error).toBe('invalid_grant')
  })
})

describe('one grant for each app and user', () => {
  it('a new one ends the tokens of the old', async () => {
    const old = await k.tokens()
    const code = await k.code()
    expect((await k.me(old.access_token)).status).toBe(200)
    const now = (await k.exchange(code)).json
    expect((await k.me(old.access_token)).status).toBe(401)
    expect((await k.refresh(old.refresh_token)).json).toEqual(TOKEN)
    // The old one's word ended nothing of the new.
    expect((await k.me(now.access_token)).status).toBe(200)
  })

  it('another user, and another app, keep theirs', async () => {
    const mara = await k.tokens()
    await k.tokens({ member: 'tomas' })
    await k.tokens({ registration: 'x-native' })
    expect((await k.me(mara.access_token)).status).toBe(200)
  })
})

describe('revoking', () => {
  it('a refresh token ends its grant', async () => {
    const { access_token, refresh_token } = await k.tokens()
    expect(await k.revoke(refresh_token)).toMatchObject({ status: 200, json: { revoked: true } })
    expect((await k.me(access_token)).status).toBe(401)
    expect((await k.refresh(refresh_token)).status).toBe(400)
  })

  it('an access token ends itself alone', async () => {
    const { access_token, refresh_token } = await k.tokens()
    expect((await k.revoke(access_token, { token_type_hint: 'access_token' })).status).toBe(200)
    expect((await k.me(access_token)).status).toBe(401)
    expect((await k.refresh(refresh_token)).status).toBe(200)
  })

  it('wants the client and a token that lives', async () => {
    const { access_token } = await k.tokens()
    expect((await k.revoke(access_token, {}, { authorization: undefined })).status).toBe(401)
    expect((await k.revoke('')).json.error_description).toBe('Missing required parameter [token].')
    expect(await k.revoke('invented')).toMatchObject({ status: 400, json: TOKEN })
  })

  it('by the user, under Connected apps, ends everything', async () => {
    const { access_token, refresh_token } = await k.tokens()
    k.steer({ revokeGrant: { registration: 'x', member: 'mara' } })
    expect((await k.me(access_token)).status).toBe(401)
    expect((await k.refresh(refresh_token)).status).toBe(400)
    expect(k.shown().tokens.map((one) => one.status)).toEqual(['revoked', 'revoked'])
  })
})
