/** #12: every failure, with canaries in all that was sent and in all that came back; no printer of the error shows one. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, faultOf, type Platform, post, printed, type Reply, startPlatform } from './testing.ts'

const canary = (name: string) => createHash('sha512').update(name).digest('base64url')
/** What we send has no certain shape: these look like words. */
const sent = {
  code: 'canary code of plain words',
  refreshToken: 'canary-refresh-of-words',
  verifier: 'canaryverifier-words-and-words-and-more-words',
  clientSecret: 'canary secret',
}
const back = { access: canary('access'), refresh: canary('refresh'), id: canary('id') }
const tokens = { access_token: back.access, refresh_token: back.refresh, id_token: back.id }
const echo = Object.values(sent).join(' ')

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.stop())

const failures: [string, Reply][] = [
  ['a token type that we do not speak', { body: { ...tokens, token_type: 'mac' } }],
  ['a bad life', { body: { ...tokens, expires_in: 'soon' } }],
  ['no access token', { body: { refresh_token: back.refresh, token_type: 'bearer', note: echo } }],
  ['an access token that is no text', { body: { ...tokens, access_token: [back.access] } }],
  ['half a JSON', { body: JSON.stringify(tokens).slice(0, -4) }],
  ['a form', { body: new URLSearchParams(tokens).toString() }],
  ['too long', { body: { ...tokens, filler: 'x'.repeat(300_000) } }],
  [
    'a refusal that repeats what was sent',
    { status: 400, body: { error: 'invalid_grant', error_description: `no: ${echo}` } },
  ],
  [
    'a refusal that repeats it escaped',
    { status: 400, body: { error: 'invalid_grant', error_description: `&quot;${sent.code}&quot; ${echo}` } },
  ],
  ['a refusal with tokens in it', { status: 400, body: { error: 'invalid_grant', ...tokens } }],
  [
    'a refusal that speaks of a token',
    { status: 400, body: { error: 'invalid_grant', error_description: `${back.access} is not ${back.refresh}` } },
  ],
  ['a refusal whose code is a token', { status: 400, body: { error: back.access, error_description: back.refresh } }],
  ['a refusal whose code is what was sent', { status: 400, body: { error: sent.refreshToken } }],
  ['a wrong client', { status: 401, body: { error: 'invalid_client', error_description: echo } }],
  ['an error object', { status: 400, body: { error: { type: 'E', code: 1, message: `${echo} ${back.access}` } } }],
  ['200 with an error', { body: { error: 'invalid_grant', error_description: echo, refresh_token: back.refresh } }],
  [
    'a redirect with a token in it',
    { status: 302, headers: { location: `https://a.example/?t=${back.access}&s=${encodeURIComponent(echo)}` } },
  ],
  ['HTML with tokens', { status: 502, body: `<html>${echo} ${back.access}</html>` }],
  ['a rate limit with tokens', { status: 429, body: { error: 'x', error_description: `${echo} ${back.access}` } }],
  ['a header with tokens', { status: 401, body: {}, headers: { 'www-authenticate': `Bearer error="${back.access}"` } }],
  [
    'cut within the body',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '5000' })
      response.write(JSON.stringify(tokens))
      setTimeout(() => response.socket?.destroy(), 20)
    },
  ],
  ['cut before the answer', (request) => request.socket.destroy()],
]

describe.each(['post', 'basic'] as const)('#12 errors carry no tokens (client authentication %s)', (clientAuth) => {
  it.each(failures)('#12 %s', async (_name, reply) => {
    platform.reply = reply
    for (const grant of ['code', 'refresh'] as const) {
      const fault = await faultOf(
        ask(platform, grant, {
          oauth: { ...post, clientAuth, pkce: 'S256' },
          code: sent.code,
          refreshToken: sent.refreshToken,
          verifier: sent.verifier,
          client: { clientSecret: sent.clientSecret },
        }),
      )
      expect(fault).not.toHaveProperty('cause')
      const all = printed(fault)
      // What belongs to the other grant was never sent with this one; the platform of this test cannot know it.
      const mine = grant === 'code' ? [sent.code, sent.verifier] : [sent.refreshToken]
      for (const secret of [...mine, sent.clientSecret, ...Object.values(back)]) {
        expect(all, grant).not.toContain(secret)
        expect(all).not.toContain(encodeURIComponent(secret))
        expect(all).not.toContain(Buffer.from(secret).toString('base64').slice(2, -4))
      }
      expect((fault.detail ?? '').length).toBeLessThan(400)
    }
  })
})

describe('#12 a good answer', () => {
  it('#12 is a TokenSet that prints as one', async () => {
    platform.reply = { body: { ...tokens, token_type: 'bearer' } }
    const all = printed(await ask(platform, 'code'))
    for (const secret of Object.values(back)) expect(all).not.toContain(secret)
    expect(all).toContain('[TokenSet]')
  })
})
