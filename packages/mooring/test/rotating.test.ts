/** The strict authorization server itself, held against RFC 6749 §5 and §6, RFC 6750 §3.1 and RFC 9700 §4.14.2. */
import { afterEach, describe, expect, it } from 'vitest'
import { type Rotating, startRotating } from './rotating.ts'
import type { Reuse } from './rotating-provider.ts'

let server: Rotating
afterEach(() => server.stop())
const open = async (reuse: Reuse = 'kills') => {
  server = await startRotating({ reuse })
  return server.issue('ada')
}

const BASIC = `Basic ${Buffer.from('test-storm:test-secret').toString('base64')}`
const ask = async (form: string | Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  })
  const body = (await response.json()) as Record<string, string>
  return { status: response.status, body, headers: response.headers }
}
const renew = (refreshToken: string, more: Record<string, string> = {}) =>
  ask({ grant_type: 'refresh_token', refresh_token: refreshToken, ...more })
const me = async (token: string) => {
  const response = await fetch(`${server.url}/me`, { headers: { authorization: `Bearer ${token}` } })
  return [response.status, await response.json()]
}

it('renews: another access token and another refresh token, not to be cached', async () => {
  const first = await open()
  const { status, body, headers } = await renew(first.refreshToken)
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'read write' })
  expect([body.access_token, body.refresh_token]).not.toContain(first.refreshToken)
  expect(await me(body.access_token ?? '')).toEqual([200, { id: 'ada', name: 'Storm ada' }])
  // The access token from before lives on to its end.
  expect((await me(first.accessToken))[0]).toBe(200)
  server.advance(3601)
  expect((await me(first.accessToken))[0]).toBe(401)
})

describe('a refresh token that comes twice', () => {
  it('ends the grant, with every token of it, for good', async () => {
    const first = await open()
    const second = (await renew(first.refreshToken)).body
    expect((await renew(first.refreshToken)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'refresh token reuse detected',
    })
    for (const token of [first.accessToken, second.access_token ?? '']) expect((await me(token))[0]).toBe(401)
    expect((await renew(second.refresh_token ?? '')).body).toEqual({ error: 'invalid_grant' })
    expect((await me(server.issue('eve').accessToken))[0]).toBe(200)
  })

  it('at a milder one is refused and no more, or taken', async () => {
    const refused = await open('refused')
    const second = (await renew(refused.refreshToken)).body
    expect((await renew(refused.refreshToken)).status).toBe(400)
    expect((await me(second.access_token ?? ''))[0]).toBe(200)
    await server.stop()
    const allowed = await open('allowed')
    expect([(await renew(allowed.refreshToken)).status, (await renew(allowed.refreshToken)).status]).toEqual([200, 200])
    await server.stop()
    const kept = await open('kept')
    expect((await renew(kept.refreshToken)).body).not.toHaveProperty('refresh_token')
    expect((await renew(kept.refreshToken)).status).toBe(200)
  })
})

it('refuses what is not a refresh request, and changes nothing by it', async () => {
  const { refreshToken } = await open()
  const grant = `grant_type=refresh_token&refresh_token=${refreshToken}`
  const wrong = await ask(grant, { authorization: 'Basic eDp5' })
  expect([wrong.status, wrong.body.error, wrong.headers.get('www-authenticate')]).toEqual([
    401,
    'invalid_client',
    'Basic',
  ])
  const refusals = [
    await ask({ grant_type: 'password' }),
    await ask({ grant_type: 'refresh_token' }),
    await ask(`${grant}&refresh_token=${refreshToken}`),
    await ask(grant, { 'content-type': 'application/json' }),
    await renew(refreshToken, { scope: 'read admin' }),
    await renew('another'),
  ]
  expect(refusals.map((one) => [one.status, one.body.error])).toEqual([
    [400, 'unsupported_grant_type'],
    [400, 'invalid_request'],
    [400, 'invalid_request'],
    [400, 'invalid_request'],
    [400, 'invalid_scope'],
    [400, 'invalid_grant'],
  ])
  expect(await renew(refreshToken, { scope: 'read' })).toMatchObject({ status: 200, body: { scope: 'read' } })
})

it('keeps a log of what was carried out and what left, through every fault', async () => {
  const tokens = await open()
  server.faults.push(
    { kind: 'cut', when: 'before' },
    { kind: 'status', when: 'before', status: 429, retryAfter: 7 },
    { kind: 'refuse', error: 'temporarily_unavailable' },
    { kind: 'late', when: 'before', ms: 20 },
  )
  await expect(renew(tokens.refreshToken)).rejects.toThrow()
  const busy = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: { authorization: BASIC },
    body: new URLSearchParams(),
  })
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7'])
  expect((await renew(tokens.refreshToken)).body.error).toBe('temporarily_unavailable')
  const next = (await renew(tokens.refreshToken)).body
  server.faults.push({ kind: 'cut', when: 'after' }, { kind: 'status', when: 'after', status: 500 })
  await expect(renew(next.refresh_token ?? '')).rejects.toThrow()
  // It was carried out: the next use is the second one.
  await expect(renew(next.refresh_token ?? '')).rejects.toThrow()
  expect(server.grantOf(tokens.refreshToken)?.alive).toBe(false)
  expect(
    server.requests.map(({ n, fault, worked, status, delivered }) => [n, fault, worked, status, delivered]),
  ).toEqual([
    [1, 'cut', false, 0, false],
    [2, 'status', false, 429, true],
    [3, 'refuse', false, 400, true],
    [4, 'late', true, 200, true],
    [5, 'cut', true, 0, false],
    [6, 'status', true, 500, true],
  ])
  expect(server.uses().get(tokens.refreshToken)).toBe(3)
})
