/** What any platform's token endpoint may answer, over real HTTP: odd but good answers, refusals by status, and what is no answer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, faultOf, type Platform, type Reply, startPlatform } from './testing.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.stop())
beforeEach(() => {
  platform.asked.length = 0
})

const tokens = { access_token: 'at', token_type: 'Bearer', expires_in: 3600 }
const exchanged = (body: unknown, more: Exclude<Reply, (...all: never[]) => void> = {}) => {
  platform.reply = { body, ...more }
  return ask(platform, 'code')
}
const refused = (status: number, body: unknown, headers = {}) => {
  platform.reply = { status, body, headers }
}

describe('any', () => {
  it('refresh_token: null, expires_in: null, token_type: null, scope: []', async () => {
    const given = await exchanged({
      access_token: 'at',
      refresh_token: null,
      expires_in: null,
      token_type: null,
      scope: [],
    })
    expect(given).toMatchObject({
      refreshToken: undefined,
      accessExpiresAt: undefined,
      tokenType: 'bearer',
      scopes: undefined,
    })
  })

  it('empty strings in place of nulls', async () => {
    const given = await exchanged({ access_token: 'at', refresh_token: '', expires_in: '', token_type: '', scope: '' })
    expect(given).toMatchObject({ refreshToken: undefined, accessExpiresAt: undefined, scopes: undefined })
  })

  it('scope as a list; expires_in as a string', async () => {
    const given = await exchanged({ ...tokens, expires_in: '60', scope: ['a', 'b'] })
    expect(given.scopes).toEqual(['a', 'b'])
    expect(Math.round(((given.accessExpiresAt ?? 0) - Date.now()) / 1000)).toBe(60)
  })

  it('201', async () => {
    expect((await exchanged(tokens, { status: 201 })).accessToken).toBe('at')
  })

  it('a byte order mark in front of the JSON', async () => {
    expect((await exchanged(`\ufeff${JSON.stringify(tokens)}`)).accessToken).toBe('at')
  })

  it('200 with {error}: judged as a refusal', async () => {
    platform.reply = { body: { error: 'invalid_grant', error_description: 'The code is incorrect or expired.' } }
    expect(await faultOf(ask(platform, 'code'))).toMatchObject({ code: 'code_refused', providerCode: 'invalid_grant' })
    expect((await faultOf(ask(platform, 'refresh'))).code).toBe('reauthorize')
  })

  it('200 with {error}: the provider judges it as the 400 that it should have been', async () => {
    platform.reply = { body: { error: 'bad', message: 'why' } }
    const seen: unknown[] = []
    const judgeToken = (refusal: unknown) => {
      seen.push(refusal)
      return 'ours' as const
    }
    await faultOf(ask(platform, 'refresh', { judgeToken }))
    expect(seen).toEqual([{ grant: 'refresh', status: 400, error: 'bad', description: 'why', also: '' }])
  })

  it('200 with a token, and a status or a message beside it: a good answer', async () => {
    expect((await exchanged({ ...tokens, status: 'ok', code: 'fine', message: 'welcome' })).accessToken).toBe('at')
  })

  it('302 from the token endpoint: refused, never followed', async () => {
    platform.reply = { status: 302, headers: { location: `${platform.url}/elsewhere` } }
    expect(await faultOf(ask(platform, 'refresh'))).toMatchObject({
      code: 'provider_answer_invalid',
      detail: 'token endpoint: a redirect (302), which is not followed',
    })
    expect(platform.asked).toHaveLength(1)
  })

  it.each([500, 502, 503, 504, 520, 408, 425])('%i with HTML: passing', async (status) => {
    refused(status, '<html>Bad Gateway</html>', { 'content-type': 'text/html' })
    expect(await faultOf(ask(platform, 'refresh'))).toMatchObject({
      code: 'provider_unavailable',
      detail: `token endpoint: ${status}`,
    })
  })

  it('503 with a JSON error that would say reauthorize: the status counts', async () => {
    refused(503, { error: 'invalid_grant' })
    expect((await faultOf(ask(platform, 'refresh'))).code).toBe('provider_unavailable')
  })

  it('429 with JSON: the status counts, and Retry-After is kept', async () => {
    refused(429, { error: 'invalid_grant', error_description: 'slow down' }, { 'retry-after': '37' })
    expect(await faultOf(ask(platform, 'refresh'))).toMatchObject({ code: 'provider_rate_limited', retryAfter: 37 })
  })

  it('4xx with HTML is for the provider to judge, without a code', async () => {
    refused(404, '<html>not here</html>')
    expect(await faultOf(ask(platform, 'refresh'))).toMatchObject({
      code: 'provider_answer_invalid',
      providerCode: undefined,
    })
  })

  it('a rate limit that only the body tells: the provider’s verdict', async () => {
    refused(400, { error: 'quota' }, { 'retry-after': '5' })
    const fault = await faultOf(ask(platform, 'refresh', { judgeToken: () => 'rate_limited' }))
    expect(fault).toMatchObject({ code: 'provider_rate_limited', retryAfter: 5 })
    expect((await faultOf(ask(platform, 'refresh', { judgeToken: () => 'retry' }))).code).toBe('provider_unavailable')
    expect((await faultOf(ask(platform, 'refresh', { judgeToken: () => 'permission' }))).code).toBe(
      'provider_answer_invalid',
    )
  })
})

describe('what is no token answer, with status 200', () => {
  it.each([
    ['nothing', ''],
    ['HTML', '<html></html>'],
    ['a form', 'access_token=at&token_type=bearer'],
    ['half a JSON', '{"access_token":"at"'],
    ['a list', '[{"access_token":"at"}]'],
    ['a string', '"at"'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['no access_token', '{"token_type":"bearer"}'],
    ['a null one', '{"access_token":null,"token_type":"bearer"}'],
    ['an empty one', '{"access_token":"","token_type":"bearer"}'],
    ['a number', '{"access_token":12,"token_type":"bearer"}'],
    ['one that only a prototype has', '{"__proto__":{"access_token":"at"},"token_type":"bearer"}'],
    ['a token type that we do not speak', '{"access_token":"at","token_type":"mac"}'],
    ['a negative life', '{"access_token":"at","expires_in":-5}'],
    ['a refresh token that is no text', '{"access_token":"at","refresh_token":{}}'],
  ])('%s: provider_answer_invalid', async (_name, body) => {
    platform.reply = { body }
    for (const grant of ['code', 'refresh'] as const) {
      const fault = await faultOf(ask(platform, grant))
      expect(fault.code).toBe('provider_answer_invalid')
      expect(fault.detail).toMatch(/^token endpoint: /)
    }
  })

  it('204', async () => {
    platform.reply = (_request, response) => response.writeHead(204).end()
    expect((await faultOf(ask(platform, 'code'))).code).toBe('provider_answer_invalid')
  })
})
