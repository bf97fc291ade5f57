/** How the client says who it is, and what a request to the token endpoint is made of. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, faultOf, type Platform, post, providerWith, REDIRECT_URI, SECRETS, startPlatform } from './testing.ts'
import { revoke } from './token.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.stop())
beforeEach(() => {
  platform.asked.length = 0
  platform.reply = { body: { access_token: 'at', token_type: 'bearer' } }
})

const s256 = { ...post, pkce: 'S256' as const }
const basic = { ...post, clientAuth: 'basic' as const }
const none = { ...s256, clientAuth: 'none' as const }
const credentials = async (clientId: string, clientSecret: string) => {
  await ask(platform, 'refresh', { oauth: basic, client: { clientId, clientSecret } })
  const header = platform.asked.at(-1)?.headers.authorization ?? ''
  return Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8')
}
/** What a server makes of it that decodes as RFC 6749 §2.3.1 says. */
const decoded = (pair: string) => {
  const [id = '', secret = ''] = pair.split(/:(.*)/s)
  return [id, secret].map((half) => decodeURIComponent(half.replaceAll('+', ' ')))
}

describe('the request', () => {
  it('of a code: what RFC 6749 §4.1.3 names, by POST, to the address itself', async () => {
    await ask(platform, 'code', { oauth: s256, verifier: 'v'.repeat(50) })
    const [asked] = platform.asked
    expect(asked).toMatchObject({ method: 'POST', path: '/token' })
    expect(asked?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': expect.stringContaining('x-www-form-urlencoded'),
    })
    expect(Object.fromEntries(asked?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: SECRETS.code,
      redirect_uri: REDIRECT_URI,
      code_verifier: 'v'.repeat(50),
      client_id: SECRETS.clientId,
      client_secret: SECRETS.clientSecret,
    })
  })

  it('by Basic names the client in the body too where the platform wants that, and its secret never', async () => {
    await ask(platform, 'refresh', { oauth: basic })
    await ask(platform, 'refresh', { oauth: { ...basic, idInBody: true } })
    const [plain, named] = platform.asked
    expect([...(plain?.form.keys() ?? [])]).not.toContain('client_id')
    expect(named?.form.get('client_id')).toBe(SECRETS.clientId)
    expect(named?.headers.authorization).toBe(plain?.headers.authorization)
    expect(named?.form.toString()).not.toContain(SECRETS.clientSecret)
  })

  it('of a refresh: RFC 6749 §6, without redirect_uri and scope', async () => {
    await ask(platform, 'refresh')
    expect(Object.fromEntries(platform.asked[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: SECRETS.refreshToken,
      client_id: SECRETS.clientId,
      client_secret: SECRETS.clientSecret,
    })
  })

  it('the redirect address is the one of the authorize request, with its query', async () => {
    await ask(platform, 'code')
    expect(platform.asked[0]?.form.get('redirect_uri')).toBe('https://app.example/callback/platform?a=1')
  })

  it('asks once, whatever comes back', async () => {
    for (const status of [200, 400, 401, 429, 500]) {
      platform.reply = { status, body: { error: 'x' } }
      await faultOf(ask(platform, 'code'))
    }
    expect(platform.asked).toHaveLength(5)
  })
})

describe('#7 PKCE', () => {
  it('#7 the verifier is always sent where the provider takes S256, on each exchange', async () => {
    for (const oauth of [s256, none, { ...s256, clientAuth: 'basic' as const }]) {
      await ask(platform, 'code', { oauth, verifier: 'x'.repeat(43) })
      expect(platform.asked.at(-1)?.form.get('code_verifier')).toBe('x'.repeat(43))
    }
  })

  it('#7 without a verifier nothing is sent: no silent downgrade', async () => {
    const without = await faultOf(ask(platform, 'code', { oauth: s256, verifier: null }))
    expect(without).toMatchObject({ code: 'callback_invalid', detail: expect.stringContaining('without PKCE') })
    const withOne = await faultOf(ask(platform, 'code', { verifier: 'v'.repeat(43) }))
    expect(withOne).toMatchObject({ code: 'callback_invalid', detail: expect.stringContaining('with PKCE') })
    expect(platform.asked).toEqual([])
  })

  it('#7 a refresh never carries one', async () => {
    await ask(platform, 'refresh', { oauth: s256 })
    expect(platform.asked[0]?.form.has('code_verifier')).toBe(false)
  })
})

describe('basic', () => {
  it.each([
    ['a-b_c.d~e', '-RoKx_9-'],
    ['id', '!*\'()/=&?#@;,$"<>'],
    ['id', 'with:colon:s'],
  ])('%s and %s go raw, and read the same decoded', async (id, secret) => {
    const pair = await credentials(id, secret)
    expect(pair).toBe(`${id}:${secret}`)
    expect(decoded(pair)).toEqual([id, secret])
  })

  it.each([
    ['id', 'a+b'],
    ['id', '100%25'],
    ['id', 'a b'],
    ['id', 'pässwörd🛥️'],
    ['id:with:colons', 'secret'],
    ['a%3Ab', 'a\u0000b\r\nc'],
  ])('%j and %j are escaped, and decode to themselves', async (id, secret) => {
    const pair = await credentials(id, secret)
    expect(pair).toMatch(/^[\x21-\x7e]+$/)
    expect(decoded(pair)).toEqual([id, secret])
  })

  it('puts neither id nor secret into the body', async () => {
    await ask(platform, 'refresh', { oauth: basic })
    expect([...(platform.asked[0]?.form.keys() ?? [])].toSorted()).toEqual(['grant_type', 'refresh_token'])
  })
})

describe('none', () => {
  it('a public client names itself and sends no secret, even where one is set', async () => {
    await ask(platform, 'code', { oauth: none })
    const [asked] = platform.asked
    expect(asked?.form.get('client_id')).toBe(SECRETS.clientId)
    expect(asked?.form.has('client_secret')).toBe(false)
    expect(asked?.headers.authorization).toBeUndefined()
  })

  it('needs none', async () => {
    await ask(platform, 'code', { oauth: none, client: { clientSecret: undefined } })
    expect(platform.asked).toHaveLength(1)
  })
})

describe('a secret that is missing where one is needed', () => {
  it.each([post, basic])('is the operator’s, and nothing is sent', async (oauth) => {
    for (const clientSecret of [undefined, '']) {
      const fault = await faultOf(ask(platform, 'refresh', { oauth, client: { clientSecret } }))
      expect(fault).toMatchObject({ code: 'misconfigured', detail: expect.stringContaining('no client secret') })
    }
    expect(platform.asked).toEqual([])
  })
})

describe('revoke', () => {
  const tell = (oauth = post, clientSecret: string | undefined = SECRETS.clientSecret) =>
    revoke(platform.runtime, {
      provider: providerWith(oauth),
      oauth,
      client: { clientId: SECRETS.clientId, clientSecret, redirectUri: REDIRECT_URI },
      token: 'a-token',
    })

  it('sends the token and the client to the revocation address: yes', async () => {
    platform.reply = { status: 200, body: '' }
    expect(await tell()).toBe('yes')
    expect(platform.asked[0]).toMatchObject({ method: 'POST', path: '/revoke' })
    expect(Object.fromEntries(platform.asked[0]?.form ?? [])).toMatchObject({
      token: 'a-token',
      client_id: 'client-1',
      client_secret: 'client-secret-1',
    })
  })

  it.each([204, 202])('%i: yes', async (status) => {
    platform.reply = (_request, response) => response.writeHead(status).end()
    expect(await tell()).toBe('yes')
  })

  it.each([301, 302, 400, 401, 404, 429, 500, 503])('%i: no, and it never throws', async (status) => {
    platform.reply = {
      status,
      body: { error: 'unsupported_token_type' },
      headers: { location: `${platform.url}/other` },
    }
    expect(await tell()).toBe('no')
    expect(platform.asked).toHaveLength(1)
  })

  it('a connection that breaks, no address, no secret, an http address: no', async () => {
    platform.reply = (request) => request.socket.destroy()
    expect(await tell()).toBe('no')
    const { revokeUrl: _gone, ...without } = post
    expect(await tell(without)).toBe('no')
    expect(
      await revoke(platform.runtime, {
        provider: providerWith(post),
        oauth: post,
        client: { clientId: '', clientSecret: '', redirectUri: '' },
        token: '',
      }),
    ).toBe('no')
    expect(await tell({ ...post, revokeUrl: `${platform.url}/revoke` })).toBe('no')
    expect(platform.asked).toHaveLength(1)
  })
})
