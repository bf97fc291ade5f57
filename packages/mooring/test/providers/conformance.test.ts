/** What every provider must do, whatever its platform: one suite, run for each, against the sandbox over HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OAuthProvider } from '../../src/provider.ts'
import { providers } from '../../src/providers/index.ts'
import { clean, count, history, impatient, look, steer, token } from '../linkedin.ts'
import { createWorld, type Json, type World } from '../world.ts'
import type { Cannot, Steering } from './fixture.ts'
import { fixtures } from './fixtures.ts'

/** Those at which people sign in with a password have their own: `flows/credentials` and `connections/seats`. */
const byOAuth = providers.filter((one): one is OAuthProvider => one.oauth !== undefined)

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '10000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const cannot = (wish: object): wish is Cannot => 'because' in wish
type Fault = Exclude<NonNullable<Steering['fault']>, readonly unknown[]>
/** Without the endpoint, which the suite names itself. */
type Shape = Fault extends infer One ? (One extends { endpoint: string } ? Omit<One, 'endpoint'> : never) : never

it('has a record for every provider, and for nothing else', () => {
  expect(Object.keys(fixtures)).toEqual(byOAuth.map((one) => one.id))
})

describe.each(byOAuth.map((provider) => ({ provider, id: provider.id })))('$id', ({ provider, id }) => {
  const fixture = fixtures[id]
  if (!fixture) return
  const { endpoints } = fixture
  const fault = (endpoint: string, shape: Shape): Steering => ({
    fault: { ...shape, endpoint: `${id}.${endpoint}` } as Fault,
  })
  const asked = (endpoint: string) => world.sandbox.control.requests(`${id}.${endpoint}`)
  const renewals = () => asked(endpoints.renew ?? endpoints.token)
  const attempt = async (visit = {}, body = {}) =>
    (await world.browser().connect({ provider: id, ...body }, visit)).flow
  const connected = async (visit = {}) => {
    const flow = await world.browser().connectAll({ provider: id }, visit)
    expect(flow).toMatchObject({ state: 'connected', error: null })
    return look(world, flow.connectionId)
  }
  const test = async (connection: string) => (await world.api('POST', `/connections/${connection}/test`)).body
  const failing = async (code: string) => {
    const flow = await attempt()
    expect(flow).toMatchObject({ state: 'failed', error: { code } })
    expect(flow.error.message).toMatch(/^[A-Z].*\.$/)
    expect(await count(world)).toBe(0)
    return flow
  }

  it('connects: an identity, accounts, the scopes that were asked for, a token that is handed out', async () => {
    const connection = await connected()
    expect(connection).toMatchObject({ provider: id, state: 'connected', missingScopes: [] })
    expect(connection.identity.subject).toContain(fixture.subject)
    expect(connection.identity.label).not.toBe('')
    expect(connection.accounts).toHaveLength(fixture.accounts.selectable)
    expect([...new Set(connection.accounts.map((one: Json) => one.kind))].sort()).toEqual(
      fixture.accounts.kinds.toSorted(),
    )
    expect((await token(world, connection.id)).body.accessToken).toMatch(/\S{20}/)
    for (const scope of connection.grantedScopes)
      expect(Object.keys(provider.scopes.info), `a sentence for ${scope}`).toContain(scope)
  })

  it('denied: told, and nothing is kept', async () => {
    expect(await attempt({ press: 'cancel' })).toMatchObject({ state: 'failed', error: { code: 'access_denied' } })
    expect(await count(world)).toBe(0)
  })

  it('in part: what is missing is named, with what will not work', async () => {
    const { partial } = fixture
    if (cannot(partial)) return expect(partial.because).toMatch(/\.$/)
    if ('steer' in partial) steer(world, partial.steer)
    const flow = await attempt('untick' in partial ? { untick: partial.untick } : {})
    expect(['connected', 'checkpoint']).toContain(flow.state)
    const { missingScopes } = await look(world, flow.connectionId)
    expect(missingScopes.map((one: Json) => one.scope)).toEqual(partial.missing)
    for (const one of missingScopes) expect(one.without).toMatch(/\.$/)
  })

  it('reconnected: the same connection, with new tokens and the accounts that it had', async () => {
    const before = await connected()
    const old = (await token(world, before.id)).body.accessToken
    const flow = await attempt({}, { reconnect: before.id })
    expect(flow).toMatchObject({ state: 'connected', outcome: 'reconnected', connectionId: before.id })
    const after = await look(world, before.id)
    expect(after.accounts.map((one: Json) => one.id)).toEqual(before.accounts.map((one: Json) => one.id))
    expect((await token(world, before.id)).body.accessToken).not.toBe(old)
  })

  it('another identity at a reconnect is refused, never swapped in', async () => {
    const before = await connected()
    const flow = await attempt({ member: fixture.other }, { reconnect: before.id })
    expect(flow).toMatchObject({ state: 'failed', error: { code: 'wrong_identity' } })
    expect((await look(world, before.id)).identity).toEqual(before.identity)
  })

  it('renewed when it is due, once, however many ask', async () => {
    const { id: connection } = await connected()
    const before = renewals()
    world.advance(fixture.renewalDueAfter)
    const answers = await Promise.all(Array.from({ length: 8 }, () => token(world, connection)))
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]))
    expect(renewals()).toBe(before + 1)
    expect(await history(world, connection)).toContain('connection.refreshed')
  })

  it('a renewal that is refused asks the person, with what to do', async () => {
    const { id: connection } = await connected()
    steer(world, fixture.revoke)
    world.advance(fixture.renewalDueAfter)
    await token(world, connection)
    const { state, problem } = await look(world, connection)
    expect(state).toBe('reauthorize')
    expect(problem.message).toMatch(/[Rr]econnect/)
  })

  it.each<[string, Shape]>([
    ['a gateway', { kind: 'gateway', status: 503 }],
    ['a reset', { kind: 'reset' }],
    ['half an answer', { kind: 'reset', when: 'during' }],
    ['silence', { kind: 'hang' }],
  ])('%s at a renewal disconnects nobody, and passes', async (_name, shape) => {
    const { id: connection } = await connected()
    const patient = impatient(world)
    try {
      // Twice, because a lost answer may be asked for once more.
      const once = fault(endpoints.renew ?? endpoints.token, { ...shape, times: 2 } as Shape)
      steer(world, once)
      world.advance(fixture.renewalDueAfter)
      expect((await token(world, connection)).status).toBe(200)
    } finally {
      patient()
    }
    const { state, problem } = await look(world, connection)
    expect(['failing', 'connected']).toContain(state)
    if (state === 'failing') expect(problem.message).toContain('we try again')
    steer(world, { clearFaults: true })
    // Where a refresh token is good for one use, it was lost with its answer: the platform itself refuses it from then on.
    const lost = provider.refresh.rotates && 'when' in shape
    expect((await world.api('POST', `/connections/${connection}/refresh`)).status).toBe(lost ? 409 : 200)
    expect((await look(world, connection)).state).toBe(lost ? 'reauthorize' : 'connected')
  })

  it.each<[string, Shape, string]>([
    ['a gateway', { kind: 'gateway' }, 'provider_unavailable'],
    ['a reset', { kind: 'reset' }, 'provider_unavailable'],
    ['no JSON', { kind: 'truncate' }, 'provider_answer_invalid'],
  ])('%s at the token endpoint fails the flow and keeps nothing', async (_name, shape, code) => {
    steer(world, fault(endpoints.token, shape))
    await failing(code)
  })

  it.each<[string, Shape, string]>([
    ['a gateway', { kind: 'gateway' }, 'provider_unavailable'],
    ['a reset', { kind: 'reset' }, 'provider_unavailable'],
    ['no JSON', { kind: 'truncate' }, 'provider_answer_invalid'],
  ])('%s where it is asked who it is: the same', async (_name, shape, code) => {
    steer(world, fault(endpoints.identity, shape))
    await failing(code)
  })

  it('a missing subject is no identity', async () => {
    steer(world, fault(endpoints.identity, { kind: 'drop', fields: [fixture.subjectField] }))
    await failing('provider_answer_invalid')
  })

  it('fields that nobody knows, and a wrong content type, change nothing', async () => {
    for (const endpoint of [endpoints.token, endpoints.identity, ...(endpoints.accounts ? [endpoints.accounts] : [])]) {
      steer(world, fault(endpoint, { kind: 'set', fields: { brand_new: { field: [1, null] } } }))
      steer(world, fault(endpoint, { kind: 'content-type', value: 'text/plain' }))
      await connected()
      await connected()
      await clean(world)
    }
  })

  it('a wrong secret is the operator’s: an alert, and nobody is asked to reconnect', async () => {
    const { id: connection } = await connected()
    steer(world, fixture.refuseSecret)
    if (provider.refresh.how === 'self' && endpoints.renew) {
      // Its renewal shows no secret: the next connect does.
      expect(await attempt()).toMatchObject({ error: { code: 'misconfigured' } })
    } else {
      world.advance(fixture.renewalDueAfter)
      await token(world, connection)
    }
    expect((await look(world, connection)).state).toBe('connected')
    expect((await world.api('GET', '/alerts')).body.data.map((one: Json) => one.registration)).toEqual([id])
  })

  it('a full limit is told with its wait, and is no end', async () => {
    const { id: connection } = await connected()
    steer(world, fixture.limit)
    const outcome = await test(connection)
    expect(outcome.ok).toBe(false)
    expect(outcome.message).toMatch(/slow down|used up/)
    expect((await look(world, connection)).state).toBe('connected')
  })

  it.each(fixture.errors)('$name: told, and the connection is $state', async ({ status, body, state, code }) => {
    const { id: connection } = await connected()
    steer(world, fault(endpoints.identity, { kind: 'answer', status, body, times: 30 }))
    // A token that is refused is renewed once before it counts: not on its first day, where the platform refuses to.
    const outcome = await test(connection)
    expect(outcome.ok).toBe(false)
    expect(outcome.message).toMatch(/^[A-Z].*\.$/)
    const shown = await look(world, connection)
    expect(shown.state).toBe(state)
    if (code !== undefined && state === 'reauthorize') expect(shown.problem.providerCode).toBe(code)
  })

  it('a list of many pages is read to its end', async () => {
    const { paging } = fixture
    if (cannot(paging)) return expect(paging.because).toMatch(/\.$/)
    const flow = await attempt({ member: paging.member })
    expect(flow.candidates.length).toBeGreaterThanOrEqual(Math.max(paging.accounts, 2))
    expect(asked(endpoints.accounts ?? '')).toBeGreaterThan(1)
  })

  it('disconnected: erased here, told there, and its token is not handed out', async () => {
    const { id: connection } = await connected()
    const { body } = await world.api('DELETE', `/connections/${connection}`)
    expect(body.revoked).toBe(fixture.revoked)
    expect((await token(world, connection)).body.code).toBe('disconnected')
    const [row] = await world.database.query<Json>('select * from mooring.connections where id = $1', [connection])
    expect([row.access_token, row.refresh_token]).toEqual([null, null])
  })
})
