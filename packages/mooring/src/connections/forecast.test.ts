/** What will end, when, and who must act. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, connected, DAY, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'
import { endOf } from '../provider-versions.ts'
import { versions } from '../providers/linkedin/versions.ts'
import { seedWorkspace } from '../store/testing.ts'

/** One of some months ago, which ends within a year of today. */
const VERSION = new Date(Date.now() - 100 * 86_400_000).toISOString().slice(0, 7).replace('-', '')

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000', LINKEDIN_API_VERSION: VERSION } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const forecast = async (days?: number) =>
  (await world.api('GET', `/forecast${days === undefined ? '' : `?days=${days}`}`)).body
const people = (body: Json) => body.data.filter((one: Json) => one.who === 'person')
const operators = (body: Json) => body.data.filter((one: Json) => one.who === 'operator')
const plain = (refreshTokens: boolean) =>
  steer(world, { linkedin: { app: { registration: 'linkedin', refreshTokens } } })

describe('the forecast of a workspace', () => {
  it('tells the operator which API version of a configured app ends', async () => {
    const { at } = endOf(versions, VERSION) ?? { at: Number.NaN }
    const days = Math.ceil((at - world.now()) / 86_400_000)
    const found = operators(await forecast(days))
    expect(found).toContainEqual(
      expect.objectContaining({
        at: new Date(at).toISOString(),
        reason: 'api_version_ends',
        connection: null,
        registration: 'linkedin',
        message: expect.stringContaining(`LinkedIn API version ${VERSION}`),
      }),
    )
    expect(operators(await forecast(days - 1))).toEqual([])
  })

  it('is empty where nothing ends, and counts nothing', async () => {
    await connected(world)
    const body = await forecast(30)
    expect(people(body)).toEqual([])
    expect(body).toMatchObject({ counts: { now: 0, in7: 0, in30: 0, in90: 0 }, more: false })
  })

  it('names what ends within the days, soonest first, with the reason and whom it is about', async () => {
    plain(false)
    const short = await connected(world)
    plain(true)
    const long = await connected(world, { member: 'tomas' })
    expect(people(await forecast(59))).toEqual([])
    const body = await forecast(366)
    expect(people(body)).toEqual([
      {
        at: short.accessTokenExpiresAt,
        who: 'person',
        reason: 'no_refresh_token',
        message: short.health.message,
        provider: 'linkedin',
        registration: 'linkedin',
        connection: { id: short.id, label: 'Mara Lindqvist', state: 'connected' },
        postsAfter: 0,
      },
      expect.objectContaining({ at: long.refreshTokenExpiresAt, reason: 'refresh_token_ends' }),
    ])
    expect(body.counts).toEqual({ now: 0, in7: 0, in30: 0, in90: 1 })
  })

  it('counts each span with the ones before it, as time goes on', async () => {
    plain(false)
    await connected(world)
    const seen: Json[] = []
    for (const days of [0, 31, 23, 7]) {
      world.advance(days * DAY)
      seen.push((await forecast()).counts)
    }
    expect(seen).toEqual([
      { now: 0, in7: 0, in30: 0, in90: 1 },
      { now: 0, in7: 0, in30: 1, in90: 1 },
      { now: 0, in7: 1, in30: 1, in90: 1 },
      { now: 1, in7: 1, in30: 1, in90: 1 },
    ])
  })

  it('tells a refused renewal at the end of the living token, and an ended one at once', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { token: { do: 'revoke', kind: 'refresh' } } })
    world.advance(54 * DAY)
    await token(world, id)
    const { accessTokenExpiresAt } = await look(world, id)
    expect(people(await forecast())).toMatchObject([{ at: accessTokenExpiresAt, reason: 'refresh_refused' }])
    world.advance(7 * DAY)
    await token(world, id)
    const { problem } = await look(world, id)
    const body = await forecast()
    expect(people(body)).toMatchObject([{ at: problem.since, reason: 'reauthorize' }])
    expect(body.counts.now).toBe(1)
  })

  it('asks nobody for what a platform’s outage or a refused app leaves', async () => {
    const { id } = await connected(world)
    world.advance(54 * DAY)
    steer(world, { outage: true })
    await token(world, id)
    expect(people(await forecast())).toEqual([])
  })

  it('forgets who was disconnected', async () => {
    plain(false)
    const { id } = await connected(world)
    expect(people(await forecast())).toHaveLength(1)
    await world.api('DELETE', `/connections/${id}`)
    expect(people(await forecast())).toEqual([])
  })

  it('shows nothing of another workspace', async () => {
    const other = await seedWorkspace(world.mooring.engine.store, 'Other', 'somebody')
    await world.database.query(
      "update mooring.connections set refresh_token = null, access_expires_at = now() + interval '1 day' where workspace_id = $1",
      [other.workspace],
    )
    const body = await forecast()
    expect([people(body), body.counts.in90]).toEqual([[], 0])
  })

  it.each(['0', '367', 'ten', '-1', '1.5'])('refuses a span of %s days', async (days) => {
    expect(await world.api('GET', `/forecast?days=${days}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    })
  })
})

describe('many connections', () => {
  it('are found by the index of their ends, whatever else is stored', async () => {
    await world.database.query(
      `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state,
         requested_scopes, granted_scopes, access_token, access_expires_at)
       select $1, gen_random_uuid(), 'linkedin', 'linkedin', 's' || n, 'x', 'connected', '{}', '{}', 'sealed',
              $2::timestamptz + n * interval '1 hour' from generate_series(1, 20000) n`,
      [world.workspace, new Date(world.now())],
    )
    await world.database.query('analyze mooring.connections')
    const plan = await world.database.query<{ 'QUERY PLAN': string }>(
      `explain select * from mooring.connections where workspace_id = '${world.workspace}'
         and needs_person_at <= '${new Date(world.now() + 7 * 86_400_000).toISOString()}' order by needs_person_at, id limit 501`,
    )
    expect(plan.map((one) => one['QUERY PLAN']).join('\n')).toContain('connections_needs_person')
    const body = await forecast(90)
    expect(people(body)).toHaveLength(500)
    expect(body).toMatchObject({ counts: { now: 0, in7: 168, in30: 720, in90: 2160 }, more: true })
  })
})

describe('a platform that ends its consent to the data by itself', () => {
  it('is asked for at the connect, and is an end like any other', async () => {
    const ends = Date.now() + 20 * 86_400_000
    const clocked = await createWorld({
      registrations: (from) =>
        from.map((one) => {
          const identity: typeof one.provider.identity = async (context) => ({
            ...(await one.provider.identity(context)),
            dataAccessEndsAt: ends,
          })
          return { ...one, provider: { ...one.provider, identity } }
        }),
    })
    const shown = await connected(clocked)
    expect(shown).toMatchObject({
      dataAccessEndsAt: new Date(ends).toISOString(),
      health: { level: 'warning', reason: 'data_access_ends', needsPersonAt: new Date(ends).toISOString() },
    })
    const { body } = await clocked.api('GET', '/forecast?days=30')
    expect(body).toMatchObject({ data: [{ reason: 'data_access_ends' }], counts: { in7: 0, in30: 1 } })
    await clocked.close()
  })
})
