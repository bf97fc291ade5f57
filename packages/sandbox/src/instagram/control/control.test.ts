import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Inbox, openInbox, openSigned } from '../../graph/testing.ts'
import { START } from '../../kit.ts'
import { instagramKit, REDIRECT, SCOPED } from '../testing.ts'

const k = instagramKit()
let inbox: Inbox
beforeAll(async () => {
  inbox = await openInbox((path) => ({ status: 200, body: path === '/deletion' ? '{"url":"https://a.example"}' : '' }))
})
afterAll(() => inbox.close())
beforeEach(() => void inbox.taken.splice(0))

describe('what Instagram tells unasked', () => {
  const settled = () => expect.poll(() => k.shown().posted.at(-1)?.status, { timeout: 20_000 }).toBe(200)

  it('a removed app, signed with the Instagram app’s own secret', async () => {
    k.steer({ app: { registration: 'instagram', deauthorizeUrl: inbox.url('/deauthorize') } })
    await k.long()
    k.steer({ endGrant: { why: 'removed' } })
    await settled()
    const [post] = inbox.taken
    expect(post?.type).toContain('application/x-www-form-urlencoded')
    const signed = post?.form.get('signed_request') ?? ''
    expect(openSigned(signed, 'sandbox0meta0not0a0real0secret01')).toBeUndefined()
    const now = START / 1000
    expect(openSigned(signed, k.app().clientSecret)).toEqual({
      ...{ user_id: SCOPED, algorithm: 'HMAC-SHA256', issued_at: now, expires: now + 3600 },
    })
  })

  it('that somebody wants their data deleted, and keeps the answer', async () => {
    k.steer({ app: { registration: 'instagram', dataDeletionUrl: inbox.url('/deletion') } })
    k.steer({ requestDeletion: { registration: 'instagram', member: 'mara' } })
    await settled()
    expect(k.shown().posted).toEqual([
      expect.objectContaining({ kind: 'data-deletion', member: 'mara', answer: '{"url":"https://a.example"}' }),
    ])
  })

  it('nothing where the app has no address for it, nor after a changed password', async () => {
    await k.long()
    k.steer({ endGrant: { why: 'removed' } })
    k.steer({ app: { registration: 'instagram', deauthorizeUrl: inbox.url('/deauthorize') } })
    await k.long()
    k.steer({ endGrant: { why: 'password' } })
    expect(k.shown().posted).toEqual([])
  })
})

describe('a command', () => {
  it.each([
    { app: { registration: 'nobody', live: false } },
    { addApp: { registration: 'instagram', clientId: '9', clientSecret: 's', scopes: [], permissions: [] } },
    { token: { do: 'expire' as const, kind: 'long' as const } },
    { endGrant: { why: 'removed' as const, member: 'tomas' } },
  ])('that names what is not there is refused: %j', (command) => {
    expect(() => k.sandbox.control.apply({ instagram: command })).toThrow(
      /There is no app|is taken|No grant matches|No token/,
    )
  })

  it('ends tokens one by one', async () => {
    const short = await k.short()
    const long = (await k.lengthen(short)).json.access_token
    k.steer({ token: { do: 'expire', kind: 'short' } })
    expect((await k.me(short)).json.error.error_subcode).toBe(463)
    expect((await k.me(long)).status).toBe(200)
    k.steer({ token: { do: 'revoke', kind: 'long' } })
    expect((await k.me(long)).json.error.error_subcode).toBe(467)
  })

  it('shows no secret, no code and no token', async () => {
    const token = await k.long()
    const shown = JSON.stringify(k.shown())
    expect(shown).not.toContain(token)
    expect(shown).not.toContain(k.app().clientSecret)
    expect(k.shown().tokens.map((one) => [one.kind, one.member, one.status])).toEqual([
      ['short', 'mara', 'active'],
      ['long', 'mara', 'active'],
    ])
  })

  it('adds an app and signs everybody out', async () => {
    const browser = k.sandbox.browser()
    await k.back({}, browser)
    k.steer({ signOut: true })
    expect((await browser.open(k.authorizeUrl())).html).toContain('Log in as')
    expect(k.app().clientId).toMatch(/^\d+$/)
    expect(k.shown().apps[0]?.redirectUris).toContain(REDIRECT)
  })
})
