import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/index.ts'
import { createWorld, type Json, type TestBrowser, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import { connectIn, dump, LINKEDIN_ENV, leaks, rows, secondTenant, type Tenant } from './support.ts'

let acme: Acme
let world: World
let owner: TestBrowser
beforeAll(async () => {
  acme = await startAcme()
  world = await createWorld({
    providers: [...providers, acme.provider],
    platformOrigins: acme.origins,
    env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
  })
  owner = world.browser()
  await owner.signIn()
})
afterAll(async () => {
  await world.close()
  await acme.stop()
})

const connect = async (input: Record<string, unknown>, approval: { subject?: string; scope?: string } = {}) => {
  const started = (await owner.start({ provider: 'acme', ...input })).body
  const answer = await owner.open(acme.approve(started.authorizeUrl, approval))
  const flow = (await world.api('GET', `/flows/${started.id}`)).body
  return { flow, error: new URL(answer.headers.get('location') ?? 'x:').searchParams.get('error') }
}
/** At LinkedIn, where each sign-in is in a browser of its own: a known one would be sent straight back. */
const atLinkedin = async (input: Record<string, unknown>, member: 'mara' | 'tomas' | 'ines' | 'priya') => {
  const browser = world.browser()
  for (const [name, value] of owner.jar) browser.jar.set(name, value)
  return browser.connect(input, { member })
}
const look = async (id: string): Promise<Json> => (await world.api('GET', `/connections/${id}`)).body
const tokenOf = async (id: string): Promise<Json> => (await world.api('GET', `/connections/${id}/token`)).body

describe('#16 swap on reconnect', () => {
  it("refuses another person's consent: row, accounts and tokens stay as they are, and still work", async () => {
    const { connectionId } = (await connect({}, { subject: 'ada' })).flow
    const before = await rows(world, 'connections', 'accounts', 'events', 'grant_holders')
    const token = await tokenOf(connectionId)
    const known = new Set(Object.keys(acme.secrets))
    const { error, flow } = await connect({ reconnect: connectionId }, { subject: 'mallory' })
    expect(error).toBe('wrong_identity')
    expect(flow).toMatchObject({ state: 'failed', connectionId: null, outcome: null })
    expect(await rows(world, 'connections', 'accounts', 'events', 'grant_holders')).toBe(before)
    expect(await tokenOf(connectionId)).toEqual(token)
    expect((await world.api('POST', `/connections/${connectionId}/test`)).body.ok).toBe(true)
    // What was issued for the other person is kept nowhere.
    const theirs = Object.fromEntries(Object.entries(acme.secrets).filter(([name]) => !known.has(name)))
    expect(Object.keys(theirs).length).toBe(3)
    expect(leaks(await dump(world), theirs)).toEqual([])
  })

  it('refuses it at LinkedIn too, and says whom to sign in as', async () => {
    const { connectionId } = await owner.connectAll({ provider: 'linkedin' })
    const before = await rows(world, 'connections', 'accounts')
    const { landed, flow } = await atLinkedin({ reconnect: connectionId }, 'tomas')
    expect(landed.searchParams.get('error')).toBe('wrong_identity')
    expect(flow.error.message).toContain('Mara Lindqvist')
    expect(await rows(world, 'connections', 'accounts')).toBe(before)
  })

  it('takes no other subject for the same by its looks: case, a prefix, a lookalike', async () => {
    const { connectionId } = (await connect({}, { subject: 'grace' })).flow
    const before = await rows(world, 'connections', 'accounts')
    for (const subject of ['Grace', 'grace2', 'grac', 'g race', 'gráce', 'ɡrace'])
      expect((await connect({ reconnect: connectionId }, { subject })).error, subject).toBe('wrong_identity')
    expect(await rows(world, 'connections', 'accounts')).toBe(before)
    expect((await connect({ reconnect: connectionId }, { subject: 'grace' })).flow).toMatchObject({
      outcome: 'reconnected',
      connectionId,
    })
  })

  it('refuses it for a connection that was disconnected or asks for a reconnect as well', async () => {
    const { connectionId } = (await connect({}, { subject: 'dorothy' })).flow
    await world.database.query("update mooring.connections set state = 'reauthorize' where id = $1", [connectionId])
    expect((await connect({ reconnect: connectionId }, { subject: 'mallory' })).error).toBe('wrong_identity')
    expect((await look(connectionId)).state).toBe('reauthorize')
    await world.api('DELETE', `/connections/${connectionId}`)
    expect((await connect({ reconnect: connectionId }, { subject: 'mallory' })).error).toBe('wrong_identity')
    expect(await look(connectionId)).toMatchObject({ state: 'disconnected', identity: { subject: 'dorothy' } })
  })

  it("cannot be led to another connection's registration while it reconnects", async () => {
    const { connectionId } = (await connect({}, { subject: 'kathleen' })).flow
    const started = (await owner.start({ reconnect: connectionId, registration: 'acme-two', provider: 'linkedin' }))
      .body
    expect(started.registration ?? 'refused').toMatch(/^(acme|refused)$/)
  })
})

describe('#17 the same account connected elsewhere', () => {
  let them: Tenant
  beforeAll(async () => {
    them = await secondTenant(world)
  })
  const consents = () => world.sandbox.control.state().linkedin.refreshTokens
  const shape = (value: Json) =>
    JSON.stringify(value, (key, inner) => (/(Id|id|At|Url|requestId|picture)$/.test(key) ? '…' : inner))

  it('tells nobody that another workspace has it', async () => {
    const first = await connectIn(world, them.workspace, { member: 'tomas' })
    expect(first.error).toBeUndefined()
    const { flow } = await atLinkedin({ provider: 'linkedin' }, 'tomas')
    // As for somebody whom nobody has connected: new, nothing greyed out, no word of another.
    expect(flow).toMatchObject({ outcome: 'connected' })
    const connection = await look(flow.connectionId)
    const events = await world.api('GET', `/connections/${flow.connectionId}/events`)
    const told = JSON.stringify([flow, connection, events.body])
    for (const secret of [
      them.workspace,
      first.connection,
      'The other side',
      'Already',
      'elsewhere',
      'shared',
      'Engine',
    ])
      expect(told, secret).not.toContain(secret)
    expect(events.body.data).toHaveLength(1)
    const theirs = await them.api('GET', `/connections/${first.connection}`)
    expect(shape({ ...theirs.body, accounts: [], connectedBy: '' })).toBe(
      shape({ ...connection, accounts: [], connectedBy: '' }),
    )
    expect(theirs.body.accounts.map((one: Json) => one.connectionId)).not.toContain(flow.connectionId)
  })

  it('leaves the grant alive while another workspace rests on it, and revokes it with the last', async () => {
    const here = (await atLinkedin({ provider: 'linkedin' }, 'ines')).flow.connectionId
    const there = (await connectIn(world, them.workspace, { member: 'ines' })).connection
    const token = (await them.api('GET', `/connections/${there}/token`)).body.accessToken
    const live = () => consents().filter((one) => one.member === 'ines' && one.status === 'active').length
    const before = live()
    expect((await world.api('DELETE', `/connections/${here}`)).body.revoked).toBe('shared')
    expect(live()).toBe(before)
    expect((await them.api('POST', `/connections/${there}/test`)).body.ok).toBe(true)
    expect((await them.api('GET', `/connections/${there}/token`)).body.accessToken).toBe(token)
    expect((await them.api('POST', `/connections/${there}/refresh`)).status).toBe(200)
    expect((await them.api('DELETE', `/connections/${there}`)).body.revoked).toBe('yes')
    expect(live()).toBeLessThan(before)
    const [holders] = await world.database.query<{ n: string }>(
      'select count(*) as n from mooring.grant_holders where connection_id = any($1)',
      [[here, there]],
    )
    expect(holders?.n).toBe('0')
  })

  it('counts a connection that came back, and no other registration', async () => {
    const one = (await connect({}, { subject: 'shared' })).flow.connectionId
    const two = (await connect({ registration: 'acme-two' }, { subject: 'shared' })).flow.connectionId
    expect(two).not.toBe(one)
    expect((await world.api('DELETE', `/connections/${two}`)).body.revoked).toBe('yes')
    expect((await connect({ reconnect: two, registration: 'acme-two' }, { subject: 'shared' })).error).toBeNull()
    expect((await world.api('DELETE', `/connections/${one}`)).body.revoked).toBe('yes')
    expect((await world.api('POST', `/connections/${two}/test`)).body.ok).toBe(true)
  })
})

describe('#18 partial consent', () => {
  it('is connected, and says what is missing and what will not work', async () => {
    const { flow, error } = await connect({}, { subject: 'partial', scope: 'read' })
    expect(error).toBeNull()
    expect(flow.missingScopes).toEqual([{ scope: 'write', allows: 'Write', without: 'Writing does not work.' }])
    expect(await look(flow.connectionId)).toMatchObject({
      state: 'connected',
      grantedScopes: ['read'],
      missingScopes: [{ scope: 'write' }],
    })
    expect((await tokenOf(flow.connectionId)).scopes).toEqual(['read'])
  })

  it('keeps the grant when a refresh answers with fewer scopes, with more, or with none', async () => {
    const { flow } = await connect({}, { subject: 'keeps', scope: 'read write' })
    const granted = ['read', 'write']
    for (const scope of ['read', '', 'read write admin', undefined]) {
      acme.onToken = (_request, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(
            JSON.stringify({ access_token: 'access_short_lived_0001', token_type: 'bearer', expires_in: 3600, scope }),
          )
      // Renewed because it is due, in the very read, and once more by hand.
      world.advance(3700)
      expect((await tokenOf(flow.connectionId)).scopes).toEqual(granted)
      expect((await world.api('POST', `/connections/${flow.connectionId}/refresh`)).status).toBe(200)
      acme.onToken = undefined
      expect(await look(flow.connectionId)).toMatchObject({
        state: 'connected',
        grantedScopes: granted,
        missingScopes: [],
      })
      expect((await tokenOf(flow.connectionId)).scopes).toEqual(granted)
    }
  })

  it('takes over what a reconnect granted, less or more', async () => {
    const { connectionId } = (await connect({}, { subject: 'changes', scope: 'read write' })).flow
    await connect({ reconnect: connectionId }, { subject: 'changes', scope: 'read' })
    expect((await look(connectionId)).missingScopes).toMatchObject([{ scope: 'write' }])
    await connect({ reconnect: connectionId }, { subject: 'changes', scope: 'read write' })
    expect((await look(connectionId)).missingScopes).toEqual([])
  })

  it('believes the answer, not the request: an app of LinkedIn that lost a product', async () => {
    world.sandbox.control.fault({ endpoint: 'linkedin.token', kind: 'set', fields: { scope: 'email,openid,profile' } })
    const { flow } = await atLinkedin({ provider: 'linkedin' }, 'priya')
    const connection = await look(flow.connectionId)
    expect(connection.state).toBe('connected')
    expect(connection.missingScopes.map((one: Json) => one.scope)).toEqual(['w_member_social'])
    expect(connection.missingScopes[0].without).toBe('Posting as yourself does not work.')
    // No scope in the answer: what was asked for was granted (RFC 6749 §5.1).
    world.sandbox.control.fault({ endpoint: 'linkedin.token', kind: 'drop', fields: ['scope'] })
    await atLinkedin({ reconnect: flow.connectionId }, 'priya')
    expect((await look(flow.connectionId)).missingScopes).toEqual([])
  })
})
