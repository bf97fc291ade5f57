import { describe, expect, it } from 'vitest'
import { kit, REDIRECT, reply, WWW } from '../../kit.ts'

const k = kit()

/** Opens an authorize URL and gives the redirect's parameters. */
async function refused(authorize: Record<string, string | undefined>, scope?: string) {
  const screen = await k.sandbox.browser().open(k.authorizeUrl({ authorize, ...(scope !== undefined && { scope }) }))
  expect(screen.status).toBe(302)
  const url = new URL(screen.location ?? '')
  expect(url.origin + url.pathname).toBe(REDIRECT)
  expect(url.searchParams.get('code')).toBeNull()
  return url.searchParams
}

describe('a right request', () => {
  it('shows the page, and Allow brings a code and the state back', async () => {
    const url = await k.back()
    expect(url.origin + url.pathname).toBe(REDIRECT)
    expect([...url.searchParams.keys()]).toEqual(['code', 'state'])
    expect(url.searchParams.get('code')?.length).toBeGreaterThan(100)
    expect(url.searchParams.get('state')).toBe('state-1')
  })

  it('needs no state, and then returns none', async () => {
    const url = await k.back({ authorize: { state: undefined } })
    expect([...url.searchParams.keys()]).toEqual(['code'])
  })

  it.each(['a b+c&d=e', 'ü–"<>', '%2F%00'])('returns the state %j as it was', async (state) => {
    expect((await k.back({ authorize: { state } })).searchParams.get('state')).toBe(state)
  })

  it('takes scopes with + and with %20', async () => {
    const plus = k.authorizeUrl({ scope: 'openid profile' })
    for (const url of [plus, plus.replace('openid+profile', 'openid%20profile')]) {
      expect((await k.sandbox.browser().open(url)).status).toBe(200)
    }
  })

  it('keeps the query of the redirect URI and ignores it when matching', async () => {
    const url = await k.back({ authorize: { redirect_uri: `${REDIRECT}?flow=7` } })
    expect([...url.searchParams.keys()]).toEqual(['flow', 'code', 'state'])
  })

  it('does not mind parameters it does not know, nor a challenge without a verifier', async () => {
    const authorize = { enable_extended_login: 'true', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }
    expect((await k.back({ authorize })).searchParams.get('code')).toBeTruthy()
  })
})

describe('who asks and where to go back: never a redirect', () => {
  const cases: [string, Record<string, string | undefined>, number, RegExp][] = [
    ['an unknown client_id', { client_id: 'nobody' }, 401, /Client_id doesn&#39;t match/],
    ['no client_id', { client_id: undefined }, 400, /client_id/],
    ['an empty client_id', { client_id: '' }, 400, /client_id/],
    ['no redirect_uri', { redirect_uri: undefined }, 400, /redirect_uri/],
    ['another host', { redirect_uri: 'https://evil.example/callback/one' }, 401, /does not match the registered value/],
    ['another path', { redirect_uri: `${REDIRECT}/more` }, 401, /does not match/],
    ['a trailing slash', { redirect_uri: `${REDIRECT}/` }, 401, /does not match/],
    ['another case', { redirect_uri: REDIRECT.toUpperCase() }, 401, /does not match/],
    ['another port', { redirect_uri: REDIRECT.replace('8003', '8004') }, 401, /does not match/],
    ['127.0.0.1 for localhost', { redirect_uri: REDIRECT.replace('localhost', '127.0.0.1') }, 401, /does not match/],
    ['a fragment', { redirect_uri: `${REDIRECT}#x` }, 401, /does not match/],
    ['an empty fragment', { redirect_uri: `${REDIRECT}#` }, 401, /does not match/],
    ['a relative URI', { redirect_uri: '/callback/one' }, 401, /does not match/],
    ['user information', { redirect_uri: 'http://a@localhost:8003/callback/one' }, 401, /does not match/],
    ['a line break in the query', { redirect_uri: `${REDIRECT}?x=\r\nSet-Cookie:a=b` }, 401, /does not match/],
    ['letters outside ASCII', { redirect_uri: `${REDIRECT}?x=é` }, 401, /does not match/],
  ]
  it.each(cases)('%s', async (_name, authorize, status, words) => {
    const screen = await k.sandbox.browser().open(k.authorizeUrl({ authorize }))
    expect(screen.location).toBeUndefined()
    expect(screen.status).toBe(status)
    expect(screen.html).toMatch(words)
    expect(screen.html).not.toContain('<form')
  })

  it.each(['client_id', 'redirect_uri'])('%s sent twice', async (name) => {
    const screen = await k.sandbox.browser().open(`${k.authorizeUrl()}&${name}=https%3A%2F%2Fevil.example`)
    expect(screen).toMatchObject({ status: 400, location: undefined })
  })

  it('shows what was sent as text, never as markup', async () => {
    const screen = await k.sandbox
      .browser()
      .open(k.authorizeUrl({ authorize: { client_id: '<script>alert(1)</script>' } }))
    expect(screen.html).not.toContain('<script>')
  })
})

describe('errors that go back, always with the state', () => {
  it('no scope: the documented words', async () => {
    const back = await refused({}, '')
    expect(Object.fromEntries(back)).toEqual({
      error: 'invalid_request',
      error_description: 'You need to pass the "scope" parameter',
      state: 'state-1',
    })
  })

  it('a scope of blanks only is no scope', async () => {
    expect((await refused({}, '  ')).get('error')).toBe('invalid_request')
  })

  it('one ungranted scope among good ones fails the whole request, its quotes escaped as HTML inside the URL', async () => {
    const screen = await k.sandbox.browser().open(k.authorizeUrl({ scope: 'openid r_liteprofile profile' }))
    expect(screen.location).toContain('error=unauthorized_scope_error')
    expect(screen.location).toContain(
      'error_description=Scope+%26quot%3Br_liteprofile%26quot%3B+is+not+authorized+for+your+application',
    )
    expect(screen.location).toContain('state=state-1')
  })

  it.each([
    ['openid,profile', 'commas are not how scopes are separated'],
    ['OPENID', 'scopes know case'],
    ['openid\tprofile', 'a tab is no space'],
    ['<b>', 'markup'],
  ])('scope %j: %s', async (scope) => {
    expect((await refused({}, scope)).get('error')).toBe('unauthorized_scope_error')
  })

  it('a community app holds no openid, a self-serve app no page scopes', async () => {
    const asked = [
      ['linkedin-community', 'openid r_basicprofile'],
      ['linkedin-selfserve', 'openid w_organization_social'],
    ] as const
    for (const [registration, scope] of asked) {
      const screen = await k.sandbox.browser().open(k.authorizeUrl({ registration, scope }))
      expect(new URL(screen.location ?? '').searchParams.get('error')).toBe('unauthorized_scope_error')
    }
  })

  it.each([
    [undefined, 'invalid_request'],
    ['', 'invalid_request'],
    ['token', 'unsupported_response_type'],
    ['code token', 'unsupported_response_type'],
    ['id_token', 'unsupported_response_type'],
  ])('response_type %j', async (response_type, error) => {
    const back = await refused({ response_type })
    expect([back.get('error'), back.get('state')]).toEqual([error, 'state-1'])
  })

  it.each(['scope', 'response_type', 'anything'])('%s sent twice', async (name) => {
    const screen = await k.sandbox.browser().open(`${k.authorizeUrl()}&${name}=a&${name}=b`)
    expect(new URL(screen.location ?? '').searchParams.get('error')).toBe('invalid_request')
  })

  it('a state sent twice is not guessed at', async () => {
    const screen = await k.sandbox.browser().open(`${k.authorizeUrl()}&state=other`)
    const back = new URL(screen.location ?? '').searchParams
    expect([back.get('error'), back.get('state')]).toEqual(['invalid_request', null])
  })

  it.each([
    ['cancel', 'user_cancelled_authorize'],
    ['leave', 'user_cancelled_login'],
  ] as const)('%s', async (press, error) => {
    const { searchParams } = await k.back({ press })
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual([error, 'state-1'])
    expect(searchParams.get('code')).toBeNull()
  })
})

describe('methods', () => {
  it.each(['POST', 'PUT', 'DELETE'])('%s is not taken', async (method) => {
    const answer = await fetch(k.authorizeUrl().replace(WWW, k.www('')), { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('HEAD does not run it: a link scanner must not use up anything', async () => {
    const answer = await fetch(k.authorizeUrl().replace(WWW, k.www('')), { method: 'HEAD' })
    expect(answer.status).toBe(405)
    expect(k.sandbox.control.requests('linkedin.authorization')).toBe(0)
  })

  it('OPTIONS says what is allowed, and allows no other origin', async () => {
    const answer = await fetch(k.www('/oauth/v2/authorization'), {
      method: 'OPTIONS',
      headers: { origin: 'https://x.example' },
    })
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET'])
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('iss, which LinkedIn does not send', () => {
  it.each([
    ['absent', null],
    ['right', 'https://www.linkedin.com/oauth'],
    ['wrong', 'https://issuer.invalid'],
    ['https://www.linkedin.com', 'https://www.linkedin.com'],
  ])('%s', async (iss, sent) => {
    k.settings({ iss })
    expect((await k.back()).searchParams.get('iss')).toBe(sent)
    expect((await k.back({ press: 'cancel' })).searchParams.get('iss')).toBe(sent)
  })
})

describe('the form of the consent page', () => {
  const page = async () => {
    const response = await fetch(k.authorizeUrl().replace(WWW, k.www('')))
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const ticket = /name="ticket" value="([^"]+)"/.exec(await response.text())?.[1] ?? ''
    return { cookie, ticket }
  }
  const press = (fields: Record<string, string>, headers: Record<string, string>) =>
    k.post('/sandbox/consent', fields, headers)

  it('is answered once', async () => {
    const { cookie, ticket } = await page()
    expect((await press({ ticket, press: 'allow' }, { cookie })).status).toBe(302)
    const again = await press({ ticket, press: 'allow' }, { cookie })
    expect([again.status, again.headers.get('location')]).toEqual([400, null])
  })

  it('is bound to the browser it was shown in', async () => {
    const { ticket } = await page()
    const other = await page()
    expect((await press({ ticket, press: 'allow' }, { cookie: other.cookie })).status).toBe(400)
    expect((await press({ ticket, press: 'allow' }, {})).status).toBe(400)
  })

  it('grows old', async () => {
    const { cookie, ticket } = await page()
    k.sandbox.control.advance(30 * 60 + 1)
    expect((await press({ ticket, press: 'allow' }, { cookie })).status).toBe(400)
  })

  it.each(['cross-site', 'same-site'])('is not taken from a %s page', async (site) => {
    const { cookie, ticket } = await page()
    expect((await press({ ticket, press: 'allow' }, { cookie, 'sec-fetch-site': site })).status).toBe(403)
  })

  it.each([{ press: 'other' }, {}, { press: 'switch', member: 'nobody' }])('knows its buttons: %j', async (fields) => {
    const { cookie, ticket } = await page()
    expect((await press({ ticket, ...(fields as Record<string, string>) }, { cookie })).status).toBe(400)
  })

  it('judges again: an app that lost a scope meanwhile gets the refusal', async () => {
    const { cookie, ticket } = await page()
    k.steer({ linkedin: { app: { registration: 'linkedin', scopes: ['openid'] } } })
    const answer = await press({ ticket, press: 'allow' }, { cookie })
    expect(answer.headers.get('location')).toContain('unauthorized_scope_error')
  })

  it('gives no code when the redirect URI was taken away meanwhile', async () => {
    const { cookie, ticket } = await page()
    k.steer({ linkedin: { app: { registration: 'linkedin', redirectUris: [] } } })
    expect((await press({ ticket, press: 'allow' }, { cookie })).headers.get('location')).toBeNull()
  })

  it('has no other method', async () => {
    expect((await reply(await fetch(k.www('/sandbox/consent')))).status).toBe(405)
  })
})
