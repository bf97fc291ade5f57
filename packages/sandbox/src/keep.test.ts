import { existsSync, linkSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBrowser } from './browser.ts'
import { DAY, type Kit, REDIRECT, START } from './kit.ts'
import { kept } from './kit-kept.ts'

const k = kept()
const me = async (one: Kit, token: string) => (await one.get('/v2/userinfo', token)).json

function shown({ sandbox }: Kit) {
  const { grants, accessTokens, refreshTokens } = sandbox.control.state().linkedin
  return { grants, accessTokens, refreshTokens }
}

describe('the next day', () => {
  it('access and refresh tokens are still known', async () => {
    const first = await k.start()
    const mara = await first.tokens()
    const tomas = await first.tokens({ member: 'tomas' })
    const { sub } = await me(first, mara.access_token)

    const second = await k.next(first)
    expect((await me(second, mara.access_token)).sub).toBe(sub)
    expect((await me(second, tomas.access_token)).given_name).toBe('Tomas')
    const fresh = await second.refresh(mara.refresh_token)
    expect(fresh).toMatchObject({ status: 200, json: { refresh_token: mara.refresh_token } })

    const third = await k.next(second)
    expect((await me(third, fresh.json.access_token)).sub).toBe(sub)
    expect(k.lines).toEqual([])
  })

  it('grants and tokens are as they were, and new tokens have ids of their own', async () => {
    const first = await k.start()
    await first.tokens()
    await first.tokens({ member: 'tomas', scope: 'openid profile' })
    const before = shown(first)
    expect(before.accessTokens).toHaveLength(2)

    const second = await k.next(first)
    expect(shown(second)).toEqual(before)
    await second.tokens({ member: 'ines' })
    const { accessTokens, refreshTokens } = shown(second)
    expect(new Set([...accessTokens, ...refreshTokens].map(({ id }) => id)).size).toBe(6)
  })

  it('the year of a refresh token still runs from consent', async () => {
    const first = await k.start()
    const { refresh_token } = await first.tokens()
    const second = await k.next(first)
    second.sandbox.control.advance(364 * DAY)
    expect((await second.refresh(refresh_token)).status).toBe(200)
    second.sandbox.control.advance(2 * DAY)
    expect((await second.refresh(refresh_token)).status).toBe(400)
  })

  it('what was revoked or expired stays so', async () => {
    const first = await k.start()
    const mara = await first.tokens()
    const tomas = await first.tokens({ member: 'tomas' })
    const ines = await first.tokens({ member: 'ines' })
    first.steer({ linkedin: { revokeGrant: { member: 'mara' } } })
    first.steer({ linkedin: { token: { do: 'expire', kind: 'access', member: 'tomas' } } })
    const { clientId, clientSecret } = first.app()
    const own = { client_id: clientId, client_secret: clientSecret }
    await first.post('/oauth/v2/revoke', { ...own, token: ines.refresh_token })

    const second = await k.next(first)
    expect((await me(second, mara.access_token)).serviceErrorCode).toBe(65601)
    expect((await second.refresh(mara.refresh_token)).status).toBe(400)
    expect((await me(second, tomas.access_token)).serviceErrorCode).toBe(65602)
    expect((await second.refresh(tomas.refresh_token)).status).toBe(200)
    expect((await second.refresh(ines.refresh_token)).status).toBe(400)
  })

  it('a browser that was signed in skips the consent page; one that had signed out is asked', async () => {
    const first = await k.start()
    const origins = { ...first.sandbox.origins }
    const [stays, leaves] = [createBrowser(origins), createBrowser(origins)]
    await first.tokens({ member: 'tomas' }, stays)
    await first.tokens({ member: 'tomas' }, leaves)
    await leaves.submit(first.www('/sandbox/session'), {})

    const second = await k.next(first)
    // The same cookies at the new ports.
    Object.assign(origins, second.sandbox.origins)
    const token = (await second.tokens({}, stays)).access_token
    expect((await me(second, token)).given_name).toBe('Tomas')
    expect((await stays.open(second.authorizeUrl())).status).toBe(302)
    expect((await leaves.open(second.authorizeUrl())).status).toBe(200)
  })
})

describe('a restart is in order again', () => {
  it('apps, roles, settings, faults and the clock are as the start gives them', async () => {
    const first = await k.start()
    const before = first.sandbox.control.state()
    await first.tokens()
    first.steer({
      outage: true,
      fault: { endpoint: '*', kind: 'gateway', times: 'always' },
      clock: { set: START + 900 * DAY * 1000, freeze: true },
      linkedin: {
        app: { registration: 'linkedin', secretRefused: true, clientSecret: 'other' },
        role: { member: 'mara', organization: 'northwind-studio', remove: true },
        settings: { tokenType: 'Bearer' },
      },
    })
    const after = (await k.next(first)).sandbox.control.state()
    expect(after).toMatchObject({ outage: null, faults: [], requests: {}, clock: { frozen: false } })
    for (const name of ['apps', 'roles', 'settings'] as const)
      expect(after.linkedin[name]).toEqual(before.linkedin[name])
    expect(Math.abs(after.clock.now - Date.now())).toBeLessThan(600_000)
  })

  it('redirect URIs are those of the new start', async () => {
    const first = await k.start()
    const { access_token } = await first.tokens()
    const moved = 'http://localhost:9000/callback/linkedin'
    const second = await k.next(first, { redirectUris: { linkedin: [moved] } })
    expect(second.sandbox.control.state().linkedin.apps[0]?.redirectUris).toEqual([moved])
    const there = { authorize: { redirect_uri: moved } }
    expect((await second.back(there)).href).toContain(`${moved}?code=`)
    expect((await second.sandbox.browser().open(second.authorizeUrl())).status).toBe(401)
    expect((await me(second, access_token)).given_name).toBe('Mara')
  })

  it('a token that was still too fresh to be used is good', async () => {
    const first = await k.start()
    first.steer({ clock: { advanceSeconds: 30 * DAY }, linkedin: { freshToken: { seconds: 3600 } } })
    const { access_token } = await first.tokens()
    expect((await me(first, access_token)).serviceErrorCode).toBe(65601)
    expect((await me(await k.next(first), access_token)).given_name).toBe('Mara')
  })

  it('nothing is known of what came before a reset', async () => {
    const first = await k.start()
    const { access_token, refresh_token } = await first.tokens()
    await k.holds(access_token)
    first.sandbox.control.reset()
    const second = await k.next(first)
    expect(shown(second)).toEqual({ grants: [], accessTokens: [], refreshTokens: [] })
    expect((await second.refresh(refresh_token)).status).toBe(400)
    expect(k.text()).not.toContain(refresh_token)
  })
})

describe('the file', () => {
  it('follows soon after each change, however it was made, without a stop', async () => {
    const one = await k.start()
    const { access_token, refresh_token } = await one.tokens()
    await k.holds(access_token)
    await k.holds(refresh_token)
    one.steer({ linkedin: { token: { do: 'revoke', kind: 'refresh' } } })
    await k.holds('"revoked":true')
    const body = JSON.stringify({ reset: true })
    await fetch(`${one.sandbox.url}/__control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await k.holds('"refresh":[]')
  })

  it('is written when the work was done although the answer was lost', async () => {
    const one = await k.start()
    const code = await one.code()
    one.sandbox.control.fault({ endpoint: 'linkedin.token', kind: 'reset', when: 'after' })
    await expect(one.exchange(code)).rejects.toThrow()
    await k.holds('"id":"access-1"')
  })

  it('is replaced and never written over, and only its owner may read it', async () => {
    const one = await k.start()
    const before = await one.tokens()
    await k.holds(before.access_token)
    const text = k.text()
    const held = join(k.folder, 'held')
    linkSync(k.file, held)
    await k.holds((await one.tokens({ member: 'tomas' })).access_token)
    expect(readFileSync(held, 'utf8')).toBe(text)
    expect(statSync(k.file).mode & 0o777).toBe(0o600)
    expect(readdirSync(k.folder).sort()).toEqual(['held', 'sandbox.json'])
  })

  it('is left alone by requests that change nothing, and is not there before something is worth keeping', async () => {
    const one = await k.start()
    await one.sandbox.browser().open(one.authorizeUrl())
    const second = await k.next(one)
    expect(existsSync(k.file)).toBe(false)
    const { access_token } = await second.tokens()
    await k.holds(access_token)
    const { ino, mtimeMs } = statSync(k.file)
    await me(second, access_token)
    await second.sandbox.stop()
    expect(statSync(k.file)).toMatchObject({ ino, mtimeMs })
  })

  it('gets nothing after the stop', async () => {
    const one = await k.start()
    const { access_token } = await one.tokens()
    await one.sandbox.stop()
    const { ino } = statSync(k.file)
    one.sandbox.control.reset()
    await one.sandbox.stop()
    expect(statSync(k.file).ino).toBe(ino)
    expect((await me(await k.start(), access_token)).given_name).toBe('Mara')
  })

  it('holds no secret of an app and no redirect URI', async () => {
    const one = await k.start()
    await k.holds((await one.tokens()).access_token)
    for (const { clientSecret } of one.sandbox.apps) expect(k.text()).not.toContain(JSON.stringify(clientSecret))
    expect(k.text()).not.toContain(REDIRECT)
  })

  it('is not there unless asked for: two starts without one know nothing of each other', async () => {
    const memory = { stateFile: undefined } as object
    const one = await k.start(memory)
    const { access_token } = await one.tokens()
    expect((await me(await k.next(one, memory), access_token)).serviceErrorCode).toBe(65600)
    expect(readdirSync(k.folder)).toEqual([])
  })
})
