import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Inbox, openInbox, openSigned } from '../../graph/testing.ts'
import { START } from '../../kit.ts'
import { MARA, metaKit, NORTHWIND } from '../testing.ts'

const k = metaKit()
let inbox: Inbox
beforeAll(async () => {
  const deletion = JSON.stringify({ url: 'https://a.example/deletion/1', confirmation_code: '1' })
  inbox = await openInbox((path) =>
    path === '/broken' ? { status: 500, body: '' } : { status: 200, body: path === '/deletion' ? deletion : '' },
  )
})
afterAll(() => inbox.close())
beforeEach(() => void inbox.taken.splice(0))

const settled = (status = 200) => expect.poll(() => k.shown().posted.at(-1)?.status, { timeout: 20_000 }).toBe(status)
const told = (registration = 'meta') =>
  k.steer({
    app: { registration, deauthorizeUrl: inbox.url('/deauthorize'), dataDeletionUrl: inbox.url('/deletion') },
  })

describe('what Facebook tells unasked', () => {
  it('a removed app: a signed form with the app-scoped id', async () => {
    told()
    await k.long()
    k.steer({ endGrant: { why: 'removed' } })
    await settled()
    const [post] = inbox.taken
    expect([post?.path, post?.type]).toEqual(['/deauthorize', expect.stringContaining('x-www-form-urlencoded')])
    expect([...(post?.form.keys() ?? [])]).toEqual(['signed_request'])
    const signed = post?.form.get('signed_request') ?? ''
    expect(signed).toMatch(/^[\w-]+\.[\w-]+$/)
    const now = START / 1000
    expect(openSigned(signed, k.app().clientSecret)).toEqual({
      ...{ user_id: MARA, algorithm: 'HMAC-SHA256', issued_at: now, expires: now + 3600 },
    })
    expect(openSigned(signed, k.app('meta-business').clientSecret)).toBeUndefined()
  })

  it('the same after DELETE /me/permissions, and to that app alone', async () => {
    told('meta-business')
    const registration = 'meta-business'
    const token = await k.short({ registration })
    const { id } = (await k.call('/me', token, {}, { registration })).json
    await k.long()
    await k.call('/me/permissions', token, {}, { method: 'DELETE', registration })
    await settled()
    expect(k.shown().posted.map((one) => [one.kind, one.clientId])).toEqual([
      ['deauthorize', k.app(registration).clientId],
    ])
    const signed = inbox.taken[0]?.form.get('signed_request') ?? ''
    expect(openSigned(signed, k.app(registration).clientSecret)?.user_id).toBe(id)
  })

  it('that somebody wants their data deleted, and keeps the answer', async () => {
    told()
    k.steer({ requestDeletion: { registration: 'meta', member: 'mara' } })
    await settled()
    const [posted] = k.shown().posted
    expect(posted).toMatchObject({ kind: 'data-deletion', member: 'mara' })
    expect(JSON.parse(posted?.answer ?? '')).toEqual({ url: 'https://a.example/deletion/1', confirmation_code: '1' })
  })

  it('writes down what failed, and who did not answer', async () => {
    k.steer({ app: { registration: 'meta', dataDeletionUrl: inbox.url('/broken') } })
    k.steer({ requestDeletion: { registration: 'meta', member: 'mara' } })
    await settled(500)
    k.steer({ app: { registration: 'meta', dataDeletionUrl: 'http://127.0.0.1:1/' } })
    k.steer({ requestDeletion: { registration: 'meta', member: 'mara' } })
    await settled(0)
  })

  it.each(['password', 'checkpoint', 'unconfirmed'] as const)('nothing after: %s', async (why) => {
    told()
    await k.long()
    k.steer({ endGrant: { why } })
    expect(k.shown().posted).toEqual([])
  })

  it('takes its addresses from the options, by the names of the pushes', async () => {
    const { startSandbox } = await import('../../sandbox.ts')
    const pushUrls = { meta: { deauthorize: 'https://a.example/1', 'data-deletion': 'https://a.example/2' } }
    const sandbox = await startSandbox({ pushUrls })
    expect(sandbox.control.state().meta.apps[0]).toMatchObject({
      ...{ deauthorizeUrl: 'https://a.example/1', dataDeletionUrl: 'https://a.example/2' },
    })
    await sandbox.stop()
  })
})

describe('a command', () => {
  it.each([
    { app: { registration: 'nobody', live: false } },
    { addApp: { registration: 'meta', clientId: '9', clientSecret: 's', scopes: [], permissions: [] } },
    { token: { do: 'expire' as const } },
    { endGrant: { why: 'removed' as const } },
    { decline: { permission: 'email' } },
    { dataAccessEnds: { at: 0 } },
    { resetSecret: { registration: 'nobody', clientSecret: 's' } },
    { loseRole: { member: 'ines' as const, page: NORTHWIND } },
  ])('that names what is not there is refused: %j', (command) => {
    expect(() => k.steer(command)).toThrow(/There is no app|is taken|No grant|No token|no role/)
  })

  it.each([
    { app: { registration: 'meta', permissions: ['fly'] } },
    { settings: { failing: 4 } },
    { loseRole: { member: 'mara', page: '1' } },
    { addApp: { registration: 'a', clientId: 'letters', clientSecret: 's', scopes: [], permissions: [] } },
    { anything: true },
  ])('that is not understood is refused: %j', (command) => {
    // biome-ignore lint/suspicious/noExplicitAny: what comes over HTTP has no type
    expect(() => k.steer(command as any)).toThrow()
  })

  it('ends tokens by kind', async () => {
    const user = await k.long()
    const page = await k.page(user)
    k.steer({ token: { do: 'expire', kind: 'user' } })
    expect((await k.call('/me', user)).json.error.error_subcode).toBe(463)
    expect((await k.call('/me', page)).status).toBe(200)
    k.steer({ token: { do: 'revoke', kind: 'page' } })
    expect((await k.call('/me', page)).json.error.error_subcode).toBe(467)
  })

  it('shows no secret, no code and no token', async () => {
    const page = await k.page(await k.long())
    const shown = JSON.stringify(k.shown())
    expect(shown).not.toContain(page)
    expect(shown).not.toContain(k.app().clientSecret)
    expect(k.shown().tokens.map((one) => [one.kind, one.page, one.status])).toEqual([
      ['user', null, 'active'],
      ['user', null, 'active'],
      ['page', NORTHWIND, 'active'],
    ])
  })

  it('adds an app that works', async () => {
    const permissions = ['pages_show_list']
    const redirectUris = ['https://own.example/cb']
    k.steer({
      addApp: {
        registration: 'own',
        clientId: '100000000000008',
        clientSecret: 's',
        scopes: [],
        permissions,
        redirectUris,
      },
    })
    const authorize = { client_id: '100000000000008', redirect_uri: redirectUris[0] ?? '' }
    const code = await k.code({ scope: 'pages_show_list', authorize })
    expect((await k.exchange(code, { ...authorize, client_secret: 's' })).status).toBe(200)
  })
})
