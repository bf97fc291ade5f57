/** Keeping Facebook alive: tokens that renew themselves, a token for each Page, and what ends them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, DAY, history, look, steer, token } from '../../../test/linkedin.ts'
import {
  askedMeta,
  atMeta,
  CERAMICS,
  connectedMeta,
  NORTHWIND,
  NORTHWIND_IG,
  steerMeta,
  takenFor,
} from '../../../test/meta.ts'
import { createWorld, type Json, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const accountOf = (connection: Json, subject: string) =>
  connection.accounts.find((one: Json) => one.subject === subject).id
const accountToken = async (id: string) => world.api('GET', `/accounts/${id}/token`)
const sealedTokens = async () =>
  (await world.database.query<{ access_token: string | null }>('select access_token from mooring.accounts')).map(
    (row) => row.access_token,
  )

describe('a Page’s own token', () => {
  it('is sealed beside the account, acts as the Page, and has no end', async () => {
    const connection = await connectedMeta(world)
    const { status, body } = await accountToken(accountOf(connection, NORTHWIND))
    expect(status).toBe(200)
    expect(body).toMatchObject({ connectionId: connection.id, tokenType: 'Bearer', expiresAt: null })
    expect(await takenFor(world, body.accessToken)).toMatchObject({ body: { id: NORTHWIND, name: 'Northwind Studio' } })
    expect(body.accessToken).not.toBe((await token(world, connection.id)).body.accessToken)
    // The Instagram account is acted for with its Page's.
    const instagram = (await accountToken(accountOf(connection, NORTHWIND_IG))).body
    expect(instagram.accessToken).toBe(body.accessToken)
    expect((await accountToken(accountOf(connection, CERAMICS))).body.accessToken).not.toBe(body.accessToken)
    for (const sealed of await sealedTokens()) expect(sealed).toMatch(/^v1\./)
  })

  it('is in no flow that waits for a choice, and in no answer but that one', async () => {
    const { flow } = await world.browser().connect({ provider: 'meta' })
    expect(flow.state).toBe('checkpoint')
    const tokens = JSON.stringify(await world.database.query('select * from mooring.flows'))
    expect(tokens).not.toMatch(/EAA[\w-]{20}/)
    expect(JSON.stringify(flow)).not.toMatch(/EAA[\w-]{20}/)
    const connection = await connectedMeta(world)
    const shown = JSON.stringify([connection, (await world.api('GET', '/accounts')).body, world.logs])
    expect(shown).not.toMatch(/EAA[\w-]{20}/)
  })

  it('lives on where its connection ended by its time, and not where Facebook ended it', async () => {
    const connection = await connectedMeta(world)
    const page = accountOf(connection, NORTHWIND)
    steerMeta(world, { token: { do: 'expire', kind: 'user' } })
    world.advance(61 * DAY)
    expect((await token(world, connection.id)).body.code).toBe('reauthorize')
    const { status, body } = await accountToken(page)
    expect(status).toBe(200)
    expect((await takenFor(world, body.accessToken)).status).toBe(200)
    await clean(world)
    const other = await connectedMeta(world)
    steerMeta(world, { endGrant: { why: 'password' } })
    await world.api('POST', `/connections/${other.id}/test`)
    expect((await look(world, other.id)).state).toBe('reauthorize')
    expect((await accountToken(accountOf(other, NORTHWIND))).body.code).toBe('reauthorize')
  })

  it('is read anew where it is missing, and told where Facebook gives none any more', async () => {
    const connection = await connectedMeta(world)
    const page = accountOf(connection, NORTHWIND)
    await world.database.query('update mooring.accounts set access_token = null')
    expect((await accountToken(page)).status).toBe(200)
    await world.database.query('update mooring.accounts set access_token = null')
    steerMeta(world, { loseRole: { member: 'mara', page: NORTHWIND } })
    expect((await accountToken(page)).body).toMatchObject({
      code: 'permission',
      detail: expect.stringContaining('Northwind Studio'),
    })
  })

  it('goes with a disconnect, from the row and at Facebook', async () => {
    const connection = await connectedMeta(world)
    const { accessToken } = (await accountToken(accountOf(connection, NORTHWIND))).body
    const { body } = await world.api('DELETE', `/connections/${connection.id}`)
    expect(body.revoked).toBe('yes')
    expect(await sealedTokens()).toEqual([null, null, null])
    expect((await takenFor(world, accessToken)).body.error).toMatchObject({ code: 190, error_subcode: 458 })
    expect((await accountToken(accountOf(connection, NORTHWIND))).body.code).toBe('disconnected')
  })

  it('is not the end of the other accounts when one of them is taken off', async () => {
    const connection = await connectedMeta(world)
    await world.api('PUT', `/connections/${connection.id}/accounts`, { accounts: [CERAMICS] })
    expect(askedMeta(world, 'revoke')).toBe(0)
    const { accessToken } = (await accountToken(accountOf(connection, CERAMICS))).body
    expect((await takenFor(world, accessToken)).status).toBe(200)
  })

  it('passes through the proxy with its own proof, for an account of that connection alone', async () => {
    const connection = await connectedMeta(world)
    const page = accountOf(connection, NORTHWIND)
    const path = `/api/v1/proxy/${connection.id}/v26.0/me?fields=id`
    const asPage = await world.api('GET', path, undefined, { 'mooring-account': page })
    expect([asPage.status, asPage.body]).toEqual([200, { id: NORTHWIND }])
    expect((await world.api('GET', path)).body).toEqual({ id: '10228845610000101' })
    const other = await connectedMeta(world, { member: 'tomas' })
    const wrong = await world.api('GET', path, undefined, { 'mooring-account': other.accounts[0].id })
    expect([wrong.status, wrong.body.code]).toEqual([404, 'not_found'])
  })
})

describe('renewing', () => {
  it('is due seven days before the end, extends by 60, and reads the Pages’ tokens anew', async () => {
    const connection = await connectedMeta(world)
    const before = await sealedTokens()
    world.advance(52 * DAY)
    expect((await token(world, connection.id)).status).toBe(200)
    expect(askedMeta(world, 'token')).toBe(2)
    world.advance(2 * DAY)
    expect((await token(world, connection.id)).status).toBe(200)
    expect(askedMeta(world, 'token')).toBe(3)
    const after = await look(world, connection.id)
    expect(Math.round((Date.parse(after.accessTokenExpiresAt) - world.now()) / 86_400_000)).toBe(60)
    await expect
      .poll(async () => (await sealedTokens()).some((one) => before.includes(one)), { timeout: 20_000 })
      .toBe(false)
    expect(await history(world, connection.id)).toEqual(['connection.connected', 'connection.refreshed'])
  })

  it('says that a person is needed where Facebook answers with the same end', async () => {
    steerMeta(world, { settings: { reexchange: 'same-end' } })
    const connection = await connectedMeta(world)
    world.advance(54 * DAY)
    expect((await token(world, connection.id)).status).toBe(200)
    const shown = await look(world, connection.id)
    expect(shown).toMatchObject({ state: 'connected', renewable: false })
    expect(shown.health).toMatchObject({ reason: 'refresh_refused', level: 'bad' })
    expect(shown.health.message).toContain('does not renew this any more')
  })

  it('a missing expires_in is no end: it is taken for the usual 60 days', async () => {
    steerMeta(world, { settings: { expiresIn: 'absent' } })
    const connection = await connectedMeta(world)
    expect(Math.round((Date.parse(connection.accessTokenExpiresAt) - world.now()) / 86_400_000)).toBe(60)
  })

  it('is refused by hand on the first day, with the reason, and nothing is asked', async () => {
    const connection = await connectedMeta(world)
    const { status, body } = await world.api('POST', `/connections/${connection.id}/refresh`)
    expect([status, body.code]).toEqual([409, 'conflict'])
    expect(askedMeta(world, 'token')).toBe(2)
  })
})

describe('the test of a connection', () => {
  const test = async (id: string) => (await world.api('POST', `/connections/${id}/test`)).body

  it.each([
    ['removed', 'The app was removed on Facebook. Reconnect to go on.', '190/458'],
    ['checkpoint', 'Facebook wants to see you first. Log in at facebook.com, then reconnect.', '190/459'],
    ['password', 'The password was changed, or Facebook ended the session. Reconnect to go on.', '190/460'],
    ['unconfirmed', 'Facebook wants this account confirmed. Log in at facebook.com, then reconnect.', '190/464'],
  ] as const)('%s: says why, and what to do', async (why, message, code) => {
    const connection = await connectedMeta(world)
    steerMeta(world, { endGrant: { why } })
    expect(await test(connection.id)).toMatchObject({ ok: false, message })
    expect(await look(world, connection.id)).toMatchObject({
      state: 'reauthorize',
      problem: { message, providerCode: code },
    })
  })

  it('sees a permission that was taken back, and a clock that ran on', async () => {
    const connection = await connectedMeta(world)
    const at = Math.round(world.now() / 1000) * 1000 + 10 * DAY * 1000
    steerMeta(world, { decline: { permission: 'pages_manage_posts' }, dataAccessEnds: { at } })
    expect(await test(connection.id)).toMatchObject({ ok: true })
    const shown = await look(world, connection.id)
    expect(shown.missingScopes.map((one: Json) => one.scope)).toEqual(['pages_manage_posts'])
    expect(Date.parse(shown.dataAccessEndsAt)).toBe(at)
    expect(shown.health).toMatchObject({ level: 'warning', reason: 'data_access_ends' })
  })

  it.each([
    ['app', 'asked us to slow down'],
    ['pages-use-case', 'asked us to slow down'],
  ] as const)('a full limit of the %s is no end of a connection', async (limited, message) => {
    const connection = await connectedMeta(world)
    steerMeta(world, { settings: { limited } })
    const outcome = await test(connection.id)
    expect(outcome.ok).toBe(false)
    expect(outcome.message).toContain(message)
    expect((await look(world, connection.id)).state).toBe('connected')
  })

  it('an outage is none either', async () => {
    const connection = await connectedMeta(world)
    steer(world, { outage: { platform: 'meta' } })
    expect((await test(connection.id)).ok).toBe(false)
    expect((await look(world, connection.id)).state).toBe('connected')
  })
})

describe('what Facebook tells unasked', () => {
  const base = 'http://localhost:8003'
  const pushed = async (command: Parameters<typeof steerMeta>[1]) => {
    // Not to an address: what would be posted is carried to the server by hand.
    const posts: { url: string; body: string }[] = []
    const real = globalThis.fetch
    globalThis.fetch = (async (url: string, init?: RequestInit) => {
      if (!String(url).startsWith(base)) return real(url, init)
      posts.push({ url: String(url), body: String(init?.body) })
      return world.mooring.fetch(new Request(url, init))
    }) as typeof fetch
    try {
      steerMeta(world, command)
      await expect.poll(() => atMeta(world).posted.at(-1)?.status, { timeout: 20_000 }).toBeTypeOf('number')
    } finally {
      globalThis.fetch = real
    }
    return { posts, posted: atMeta(world).posted.at(-1) }
  }

  it('somebody removed the app: every connection of that person needs them, with a signed push', async () => {
    const connection = await connectedMeta(world)
    const deauthorizeUrl = `${base}/push/meta/deauthorize`
    steerMeta(world, { app: { registration: 'meta', deauthorizeUrl } })
    const { posts, posted } = await pushed({ endGrant: { why: 'removed' } })
    expect(posts).toHaveLength(1)
    expect(posted).toMatchObject({ kind: 'deauthorize', status: 200, answer: '' })
    expect((await look(world, connection.id)).state).toBe('reauthorize')
    expect((await accountToken(accountOf(connection, NORTHWIND))).body.code).toBe('reauthorize')
  })

  it('somebody wants their data deleted: it goes, and a page says when', async () => {
    const connection = await connectedMeta(world)
    const dataDeletionUrl = `${base}/push/meta/data-deletion`
    steerMeta(world, { app: { registration: 'meta', dataDeletionUrl } })
    const { posted } = await pushed({ requestDeletion: { registration: 'meta', member: 'mara' } })
    expect(posted?.status).toBe(200)
    const { url, confirmation_code: code } = JSON.parse(posted?.answer ?? '')
    expect(url).toContain(code)
    const shown = await world.mooring.fetch(new Request(url, { headers: { accept: 'text/html' } }))
    expect(shown.status).toBe(200)
    expect(await look(world, connection.id)).toMatchObject({ state: 'disconnected', identity: { label: 'Erased' } })
    expect(await sealedTokens()).toEqual([])
  })
})
