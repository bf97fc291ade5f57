import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, type TestBrowser, type World } from '../world.ts'
import { count, TOKEN } from './support.ts'

const ALLOWED = 'https://app.example.com'

/** Addresses that a careless check takes for a path of ours or for the allowed origin. */
const BYPASSES = [
  '//evil.example',
  '///evil.example',
  '////evil.example/..',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  '\t//evil.example',
  ' //evil.example',
  ' https://evil.example',
  '/ /evil.example',
  '/\u0000/evil.example',
  '\u0000//evil.example',
  '\u007f//evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/./..//evil.example',
  '/a/..//evil.example',
  '/a/../..//evil.example',
  '/%2e//evil.example',
  '/%2e%2e//evil.example',
  '/a/%2E%2e//evil.example',
  '/.%2e//evil.example',
  'evil.example',
  'evil.example/path',
  './/evil.example',
  '..//evil.example',
  '',
  '?next=//evil.example',
  '#//evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:////evil.example',
  'http:\\\\evil.example',
  'https://evil.example',
  'HTTPS://EVIL.EXAMPLE',
  'https://evil.example#https://app.example.com',
  'https://evil.example?https://app.example.com',
  'https://evil.example/https://app.example.com',
  'https://app.example.com@evil.example',
  'https://app.example.com:x@evil.example/',
  'https://app.example.com%40evil.example',
  'https://app.example.com%2eevil.example',
  'https://app.example.com.evil.example',
  'https://app.example.com.',
  'https://app.example.com:444',
  'https://app.example.co',
  'https://xapp.example.com',
  'https://sub.app.example.com',
  'https://example.com',
  'http://app.example.com',
  'https://user@app.example.com/',
  'https://user:pw@app.example.com/',
  'https://:pw@app.example.com/',
  'https://app.example.com\\@evil.example',
  'https://app.example.com\t.evil.example',
  'https://аpp.example.com',
  'https://app。example。com.evil.example',
  `${BASE}@evil.example`,
  `${BASE}.evil.example`,
  'http://localhost:80030/',
  'http://localhost/',
  'https://localhost:8003/',
  'http://127.0.0.1:8003/',
  'http://[::1]:8003/',
  'javascript:alert(1)',
  'JaVaScRiPt://localhost:8003/%0aalert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  `blob:${BASE}/0b8f0d3e`,
  'file:///etc/passwd',
  `view-source:${BASE}`,
  'ftp://app.example.com/',
  'ws://localhost:8003/',
  'about:blank',
  'mailto:a@evil.example',
  '／／evil.example',
  '\u2028//evil.example',
  '\ufeff//evil.example',
]

/** Odd, and harmless: wherever they lead, it is ours. */
const HARMLESS = [
  '/',
  '/settings?tab=accounts&x=//evil.example#//evil.example',
  '/%2f/evil.example',
  '/%5cevil.example',
  '/%09/evil.example',
  '/@evil.example',
  '/evil.example',
  '/https://evil.example',
  '/a//evil.example',
  '/／evil.example',
  '/\u2028/evil.example',
  '/\ufeff/evil.example',
  '/;//evil.example',
  '/?//evil.example',
  'http:localhost:8003/x',
  `${BASE}/settings`,
  `${BASE}//evil.example`,
  `${ALLOWED}/after`,
  `${ALLOWED}//evil.example`,
  `${ALLOWED}:443/after`,
]

describe('#8 open redirect by returnTo', () => {
  let world: World
  let owner: TestBrowser
  let connection: string
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000', MOORING_RETURN_ORIGINS: ALLOWED } })
    owner = world.browser()
    await owner.signIn()
    connection = (await owner.connectAll()).connectionId
  })
  afterAll(() => world.close())

  /** Ends a flow by a denial, and says where the browser is sent. */
  const deny = async (authorizeUrl: string, more = '') => {
    const state = new URL(authorizeUrl).searchParams.get('state')
    const answer = await owner.open(`/callback/linkedin?error=user_cancelled_login&state=${state}${more}`)
    expect(answer.status).toBe(303)
    return answer.headers.get('location') ?? ''
  }

  it('knows more than forty ways', () => expect(new Set(BYPASSES).size).toBeGreaterThan(60))

  it.each(BYPASSES)('refuses %j at the start, for a person, a key and a reconnect', async (returnTo) => {
    const before = await count(world, 'flows')
    const answers = [
      await owner.start({ provider: 'linkedin', returnTo }),
      await owner.start({ reconnect: connection, returnTo }),
      await owner.start({ provider: 'linkedin', reuse: true, returnTo }),
      await world.api('POST', '/flows', { provider: 'linkedin', returnTo }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(400)
      expect(answer.body.code).toBe('return_to_refused')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await count(world, 'flows')).toBe(before)
  })

  it.each(HARMLESS)(
    'leads %j to ourselves or to the allowed origin, when it succeeds and when it fails',
    async (returnTo) => {
      const { body } = await owner.start({ provider: 'linkedin', returnTo })
      const location = await deny(body.authorizeUrl)
      const origin = returnTo.startsWith(ALLOWED) ? ALLOWED : BASE
      expect(location.startsWith(`${origin}/`)).toBe(true)
      // As a browser reads it, from whatever page.
      expect(new URL(location, 'https://elsewhere.example').origin).toBe(origin)
      const again = await owner.connect({ reconnect: connection, returnTo })
      expect(again.landed.origin).toBe(origin)
      expect(again.landed.searchParams.get('error')).toBeNull()
    },
  )

  it("reads nothing of the callback's query as the way back", async () => {
    const evil = encodeURIComponent('https://evil.example/')
    const names = [
      'returnTo',
      'return_to',
      'returnUrl',
      'redirect',
      'redirect_uri',
      'next',
      'url',
      'continue',
      'flow',
      'baseUrl',
      'origin',
    ]
    const more = names.map((name) => `&${name}=${evil}`).join('')
    const { body } = await owner.start({ provider: 'linkedin', returnTo: '/settings' })
    const clean = (await owner.start({ provider: 'linkedin', returnTo: '/settings' })).body
    const location = await deny(body.authorizeUrl, more)
    expect(location).not.toContain('evil')
    expect(location.replace(body.id, '')).toBe((await deny(clean.authorizeUrl)).replace(clean.id, ''))

    const started = (await owner.start({ provider: 'linkedin', returnTo: '/settings' })).body
    const callback = await owner.consent(started.authorizeUrl)
    const landed = (await owner.open(`${callback}${more}`)).headers.get('location') ?? ''
    expect(landed.startsWith(`${BASE}/settings?`)).toBe(true)
    expect(landed).not.toContain('evil')
    // A second use leads to the same place.
    const second = (await owner.open(`${callback}${more}`)).headers.get('location') ?? ''
    expect(second.startsWith(`${BASE}/settings?`)).toBe(true)
    expect(second).not.toContain('evil')
  })

  it('says itself what happened: the way back cannot bring an outcome of its own along', async () => {
    const fake = 'error=access_denied&message=Call+us+at+555&detail=x&checkpoint=none&flow=someone-elses'
    const { landed, flow } = await owner.connect({ reconnect: connection, returnTo: `/settings?${fake}&tab=1` })
    expect(flow.state).toBe('connected')
    expect(Object.fromEntries(landed.searchParams)).toEqual({ flow: flow.id, tab: '1' })
  })

  it('keeps the way back through a refusal at the platform and a fault of it', async () => {
    world.sandbox.control.fault({ endpoint: TOKEN, kind: 'gateway' })
    const { landed } = await owner.connect({ provider: 'linkedin', returnTo: `${ALLOWED}/after?x=1` })
    expect(landed.origin + landed.pathname).toBe(`${ALLOWED}/after`)
    expect(landed.searchParams.get('error')).toBe('provider_unavailable')
  })
})
