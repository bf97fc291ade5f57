/** Who did what from where: noted for every route that changes something, never changed, read and taken along. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, connected, token } from '../../test/linkedin.ts'
import { BASE, createWorld, type Json, KEY, type TestBrowser, type World } from '../../test/world.ts'
import { createKeyRing } from '../vault/keyring.ts'
import { signatures } from '../vault/signature.ts'
import { NOTED, OF_THE_SERVER } from './audited.ts'
import { clientAddress } from './client-address.ts'
import { bearer, documentOf, expectProblem, keyWith, operationsOf, send } from './testing.ts'

let world: World
let owner: TestBrowser
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
  owner = world.browser()
  await owner.signIn()
})
afterAll(() => world.close())
beforeEach(async () => {
  await clean(world)
  await world.database.query('delete from mooring.audit_entries')
})

const entries = async (query = ''): Promise<Json[]> => (await world.api('GET', `/audit${query}`)).body.data
/** A tick writes what this process counted. */
async function written(): Promise<void> {
  const [signature] = signatures(createKeyRing(world.vaultKeys), 'tick', BASE)
  const headers = { authorization: `Bearer ${signature}` }
  expect((await world.mooring.fetch(new Request(`${BASE}/tick`, { headers }))).status).toBe(200)
}
const actions = async (query = '') => (await entries(query)).map((one) => one.action)

describe('the table of what is noted', () => {
  it('names every route that changes something, and no other', async () => {
    const changing = operationsOf(await documentOf(world))
      .filter((one) => one.method !== 'GET' && !one.path.includes('/proxy/'))
      .map((one) => `${one.method} ${one.path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    const named = Object.keys(NOTED).filter((name) => !name.startsWith('GET '))
    expect(named.toSorted()).toEqual(changing.toSorted())
  })
})

describe('a deed', () => {
  it('is noted with who, from where and what', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 Test', 'x-forwarded-for': '203.0.113.9' }
    const { id } = await connected(world)
    await world.database.query('delete from mooring.audit_entries')
    const answer = await owner.send('POST', `/connections/${id}/test`, undefined, headers)
    expect(answer.status).toBe(200)
    const me = (await owner.send('GET', '/session')).body.person
    expect(await entries()).toMatchObject([
      {
        action: 'connection.tested',
        outcome: 'ok',
        code: null,
        actor: { kind: 'person', id: me.id, name: 'Owner' },
        // Nobody trusts the header here, and these requests come over no socket.
        address: null,
        browser: 'Mozilla/5.0 Test',
        // Whose it is, is that person's: what they may have erased is not kept here.
        target: { kind: 'connection', id, label: null },
        times: 1,
      },
    ])
  })

  it('of each kind is told apart, newest first', async () => {
    const browser = world.browser()
    await browser.signIn()
    const { id } = await connected(world)
    await world.api('POST', `/connections/${id}/refresh`)
    await owner.send('DELETE', `/connections/${id}`)
    const made = await world.api('POST', '/api/v1/api-keys', { name: 'k', scopes: ['connections:read'] })
    await world.api('DELETE', `/api/v1/api-keys/${made.body.id}`)
    await owner.send('POST', '/invitations', { email: 'x@example.com', role: 'viewer' })
    await browser.send('DELETE', '/session')
    expect(await actions()).toEqual([
      'session.out',
      'member.invited',
      'api-key.revoked',
      'api-key.made',
      'connection.disconnected',
      'connection.refreshed',
      'accounts.chosen',
      'flow.finished',
      'flow.started',
      'session.link',
    ])
  })

  it('that was refused is noted with its code; one that failed by itself, or only looked, is not', async () => {
    const key = await keyWith(world, 'connections:read')
    await world.database.query('delete from mooring.audit_entries')
    expectProblem(
      await send(world, 'POST', '/api/v1/vault/rotate', { ...bearer(key), 'content-type': 'application/json' }, '{}'),
      403,
    )
    expectProblem(await send(world, 'GET', '/api/v1/api-keys', bearer(key)), 403)
    await send(world, 'GET', '/api/v1/connections', bearer(key))
    await send(world, 'DELETE', '/api/v1/connections/5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f', bearer(KEY))
    expect((await entries()).map((one) => [one.action, one.outcome, one.code, one.actor.kind])).toEqual([
      ['GET /api/v1/api-keys', 'refused', 'forbidden', 'key'],
      ['vault.rotated', 'refused', 'forbidden', 'key'],
    ])
  })

  it('of somebody who tries a password is noted, without what was typed', async () => {
    const typed = 'a password that nobody has'
    await world.browser().send('POST', '/session/password', { email: 'nobody@example.com', password: typed })
    const [one] = await entries()
    expect(one).toMatchObject({
      action: 'session.password',
      outcome: 'refused',
      code: 'sign_in_failed',
      actor: { kind: 'nobody' },
    })
    const rows = JSON.stringify(await world.database.query('select * from mooring.audit_entries'))
    for (const word of [typed, 'nobody@example.com']) expect(rows).not.toContain(word)
  })

  it('refused a thousand times writes no thousand rows', async () => {
    const key = await keyWith(world, 'connections:read')
    await world.database.query('delete from mooring.audit_entries')
    world.advance(61)
    for (let n = 0; n < 80; n += 1) await send(world, 'GET', '/api/v1/api-keys', bearer(key))
    const [{ count } = { count: 0 }] = await world.database.query<{ count: number }>(
      'select count(*)::int as count from mooring.audit_entries',
    )
    expect(count).toBe(60)
    world.advance(61)
  })
})

describe('reads of a token', () => {
  it('are one row for each key and connection, with how often', async () => {
    const { id } = await connected(world)
    const key = await keyWith(world, 'tokens:read')
    await world.database.query('delete from mooring.audit_entries')
    for (let n = 0; n < 5; n += 1) expect((await token(world, id)).status).toBe(200)
    for (let n = 0; n < 3; n += 1) await send(world, 'GET', `/api/v1/connections/${id}/token`, bearer(key))
    // Another instance on the same database sees them once this one has written them, which it does before it ends too.
    const other = await createWorld({ database: world.database, vaultKeys: world.vaultKeys })
    for (let n = 0; n < 2; n += 1) await token(other, id)
    await send(other, 'GET', `/api/v1/connections/${id}/token`, bearer(key))
    await other.close()
    const read = await entries('?action=token.read')
    expect(read.map((one) => [one.target.id, one.actor.name, one.times]).toSorted()).toEqual([
      [id, 'API key', 2],
      [id, 'tokens:read', 1],
    ])
  })
})

describe('a key that asks for what is not its own', () => {
  it('is seen doing it: tokens and calls of a connection that it does not have', async () => {
    const key = await keyWith(world, 'tokens:read', 'proxy')
    await world.database.query('delete from mooring.audit_entries')
    world.advance(61)
    const foreign = '5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f'
    await send(world, 'GET', `/api/v1/connections/${foreign}/token`, bearer(key))
    await send(world, 'GET', `/api/v1/proxy/${foreign}/v2/me`, bearer(key))
    await send(world, 'GET', '/api/v1/connections/mk_live_typed-by-mistake/token', bearer(key))
    const less = await keyWith(world, 'connections:read')
    await send(world, 'GET', `/api/v1/proxy/${foreign}/v2/me`, bearer(less))
    await written()
    const seen = (await entries('?outcome=refused')).map((one) => [one.action, one.code, one.target.id])
    expect(seen.toSorted()).toEqual([
      ['platform.called', 'forbidden', foreign],
      ['platform.called', 'not_found', foreign],
      ['token.read', 'not_found', '(no id)'],
      ['token.read', 'not_found', foreign],
    ])
    world.advance(61)
  })
})

describe('the audit', () => {
  it('is searched by what it was done to, which bears the name that it had', async () => {
    const { id } = await connected(world)
    await owner.send('POST', `/connections/${id}/test`)
    const made = await world.api('POST', '/api/v1/api-keys', { name: 'Website', scopes: ['connections:read'] })
    await world.api('DELETE', `/api/v1/api-keys/${made.body.id}`)
    expect((await entries(`?target=${made.body.id}`)).map((one) => [one.action, one.target.label])).toEqual([
      ['api-key.revoked', 'Website'],
      ['api-key.made', 'Website'],
    ])
    expect(await actions(`?target=${id}`)).toContain('connection.tested')
    const csv = (await world.api('GET', `/audit/export?format=csv&target=${made.body.id}`)).body
    expect(csv.split('\n').filter((line: string) => line.includes('Website'))).toHaveLength(2)
  })

  it('tells what is the whole server’s to whoever runs it, and not to a member of its first workspace', async () => {
    const { body } = await owner.send('POST', '/invitations', { email: `a${world.now()}@example.com`, role: 'admin' })
    const admin = world.browser()
    const token = new URL(body.link).hash.slice(1)
    const input = { token, name: 'Tomas', password: 'brisk otter lantern 44' }
    expect((await admin.send('POST', '/session/invitation/accept', input)).status).toBe(200)
    await world.api('POST', '/api/v1/api-keys', { name: 'k', scopes: ['connections:read'] })
    const all = (await owner.send('GET', '/audit')).body.data.map((one: Json) => one.action)
    expect(all).toContain('api-key.made')
    const theirs = (await admin.send('GET', '/audit')).body.data.map((one: Json) => one.action)
    expect(theirs).toContain('member.invited')
    for (const action of theirs) expect(OF_THE_SERVER).not.toContain(action)
    expect((await admin.send('GET', '/audit?action=api-key.made')).body.data).toEqual([])
    const file = await admin.send('GET', '/audit/export?format=ndjson')
    expect(JSON.stringify(file.body)).not.toContain('api-key.made')
    const scoped = await keyWith(world, 'audit:read')
    expect(OF_THE_SERVER.length).toBeGreaterThan(10)
    expect((await send(world, 'GET', '/api/v1/audit', bearer(scoped))).status).toBe(200)
  })

  it('is of one workspace, for those who may read it', async () => {
    await owner.send('POST', '/invitations', { email: 'y@example.com', role: 'viewer' })
    const { body } = await owner.send('POST', '/workspaces', { name: `Other ${world.now()}` })
    const there = await owner.send('GET', '/audit', undefined, { 'mooring-workspace': body.id })
    expect(there.body.data).toEqual([])
    const key = await keyWith(world, 'connections:read')
    expectProblem(await send(world, 'GET', '/api/v1/audit', bearer(key)), 403, 'forbidden')
  })

  it('is filtered and paged', async () => {
    for (let n = 0; n < 5; n += 1)
      await owner.send('POST', '/invitations', { email: `p${n}@example.com`, role: 'viewer' })
    await owner.send('PATCH', '/workspace', { name: 'My workspace' })
    expect(await actions('?action=workspace.changed')).toEqual(['workspace.changed'])
    const me = (await owner.send('GET', '/session')).body.person.id
    expect(await entries(`?actor=${me}`)).toHaveLength(6)
    expect(await entries('?outcome=refused')).toEqual([])
    expect(await entries(`?from=${new Date(world.now() + 60_000).toISOString()}`)).toEqual([])
    expect(await entries(`?to=${new Date(world.now() + 60_000).toISOString()}`)).toHaveLength(6)
    const first = (await world.api('GET', '/audit?limit=4')).body
    const rest = (await world.api('GET', `/audit?limit=4&cursor=${first.nextCursor}`)).body
    expect([first.data.length, rest.data.length, rest.nextCursor]).toEqual([4, 2, null])
    expect(new Set([...first.data, ...rest.data].map((one: Json) => one.id)).size).toBe(6)
    for (const query of ['?from=yesterday', '?outcome=maybe', '?cursor=x'])
      expect((await world.api('GET', `/audit${query}`)).status).toBe(400)
  })

  it('is taken along as CSV in which no cell is a formula, and as lines of JSON', async () => {
    // A name is what its bearer likes.
    await owner.send('PATCH', '/me', { name: '=cmd|calc' })
    for (const email of ['f@example.com', 'g@example.com'])
      await owner.send('POST', '/invitations', { email, role: 'viewer' })
    const csv = await world.api('GET', '/audit/export')
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    const [head, ...lines] = String(csv.body).trim().split('\n')
    expect(head).toBe(
      'at,action,outcome,code,actorKind,actor,actorId,address,browser,targetKind,target,targetLabel,times',
    )
    expect(lines[0]).toContain("'=cmd|calc")
    expect(String(csv.body)).not.toMatch(/(^|,)=/m)
    const ndjson = String((await world.api('GET', '/audit/export?format=ndjson&action=member.invited')).body)
    expect(
      ndjson
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).action),
    ).toEqual(['member.invited', 'member.invited'])
    await owner.send('PATCH', '/me', { name: 'Owner' })
  })

  it('can be added to and not changed, by the server’s own role', async () => {
    await owner.send('POST', '/invitations', { email: 'z@example.com', role: 'viewer' })
    const [grants] = await world.database.query<{ list: string }>(
      `select string_agg(privilege_type, ' ' order by privilege_type) as list from information_schema.role_table_grants
       where table_schema = 'mooring' and table_name = 'audit_entries' and grantee like 'mooring_app%'`,
    )
    expect(grants?.list).toBe('INSERT SELECT')
  })

  it('keeps its years, and drops what is older', async () => {
    const { audit } = world.mooring.engine.store
    await owner.send('POST', '/invitations', { email: 'old@example.com', role: 'viewer' })
    await world.database.query("update mooring.audit_entries set at = now() - interval '400 days'")
    await owner.send('POST', '/invitations', { email: 'new@example.com', role: 'viewer' })
    expect(await audit.expire(world.workspace, new Date(Date.now() - 365 * 86_400_000))).toBe(1)
    // Whatever is asked, the last week stays.
    expect(await audit.expire(world.workspace, new Date(Date.now() + 1000))).toBe(0)
    expect(await entries()).toHaveLength(1)
  })
})

describe('the address of a client', () => {
  it.each([
    ['10.0.0.1', '203.0.113.9', 0, '10.0.0.1'],
    ['10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
    // What stands further left was written by whoever asked.
    ['10.0.0.1', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
    ['10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['10.0.0.1', '203.0.113.9', 2, '10.0.0.1'],
    ['10.0.0.1', "<script>', drop", 1, '10.0.0.1'],
    ['::1', '2001:db8::7', 1, '2001:db8::7'],
    ['10.0.0.1', '203.0.113.9:4711', 1, '203.0.113.9'],
    ['::1', '[2001:db8::7]:4711', 1, '2001:db8::7'],
    ['10.0.0.1', null, 1, '10.0.0.1'],
    [undefined, null, 0, undefined],
  ])('%s behind %s, with %i trusted, is %s', (socket, forwarded, trusted, expected) => {
    expect(clientAddress(socket, forwarded, trusted)).toBe(expected)
  })

  it('counts tries to sign in by the client, where the proxy is trusted', async () => {
    const behind = await createWorld({ env: { MOORING_TRUST_PROXY: '1' } })
    const attempt = (from: string) =>
      behind.mooring.fetch(
        new Request(`${BASE}/api/v1/session/password`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': from },
          body: JSON.stringify({ email: `${crypto.randomUUID()}@example.com`, password: 'x' }),
        }),
        { incoming: { socket: { remoteAddress: '10.0.0.1' } } },
      )
    for (let n = 0; n < 10; n += 1) expect((await attempt('203.0.113.1')).status).toBe(401)
    expect((await attempt('203.0.113.1')).status).toBe(429)
    expect((await attempt('9.9.9.9, 203.0.113.1')).status).toBe(429)
    expect((await attempt('203.0.113.2')).status).toBe(401)
    await behind.close()
  })
})

it('many entries at once are written, however many values that makes', async () => {
  const { audit } = world.mooring.engine.store
  const [one] = await world.database.query<{ id: string }>('select gen_random_uuid()::text as id')
  const entry = {
    ...{ at: new Date(), action: 'token.read', outcome: 'ok' as const, code: null, address: null, browser: null },
    ...{ actor_kind: 'key', actor_id: one?.id ?? null, actor_name: 'many', target_kind: null, target_id: null },
    target_label: null,
  }
  await audit.add(
    world.workspace,
    Array.from({ length: 5001 }, () => ({ id: crypto.randomUUID(), ...entry })),
  )
  const [{ count } = { count: 0 }] = await world.database.query<{ count: number }>(
    "select count(*)::int as count from mooring.audit_entries where actor_name = 'many'",
  )
  expect(count).toBe(5001)
})
