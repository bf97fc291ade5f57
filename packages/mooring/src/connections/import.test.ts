/** Connections of an older system, taken over by the API: what is written, how they live on, and what is left alone. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LeftBehind, leftBehind, takenOut } from '../../test/left-behind.ts'
import { asked, clean, connected, DAY, history, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../test/world.ts'

let world: World
let mara: LeftBehind
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(async () => {
  await clean(world)
  mara = await leftBehind(world)
})

const send = async (records: object[], options: object = {}): Promise<Json> => {
  const body = {
    dryRun: false,
    from: 'a test',
    records: records.map((one) => ({ provider: 'linkedin', ...one })),
    ...options,
  }
  const answer = await world.api('POST', '/connections/import', body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.data
}
const one = async (record: object, options: object = {}): Promise<Json> => (await send([record], options))[0]
const rows = () => world.database.query<Json>('select * from mooring.connections order by created_at')
const clear = async (id: string) => (await token(world, id)).body.accessToken as string
const later = (days: number) => new Date(world.now() + days * DAY * 1000).toISOString()

describe('an imported connection', () => {
  it('hands out its token, and renews it at the platform when it is due', async () => {
    const done = await one({ ...mara, subject: null })
    expect(done).toMatchObject({
      outcome: 'created',
      code: 'renews',
      registration: 'linkedin',
      subject: mara.subject,
      label: 'Mara Lindqvist',
      identity: 'platform',
      workspaceId: world.workspace,
    })
    expect(await clear(done.connectionId)).toBe(mara.accessToken)
    const before = asked(world, 'token')
    world.advance(54 * DAY)
    const renewed = await clear(done.connectionId)
    expect(renewed).not.toBe(mara.accessToken)
    expect(asked(world, 'token')).toBe(before + 1)
    expect(await look(world, done.connectionId)).toMatchObject({
      state: 'connected',
      health: { reason: 'refresh_token_ends' },
      identity: { subject: mara.subject, email: 'mara.lindqvist@example.com' },
    })
    expect(await history(world, done.connectionId)).toEqual(['connection.imported', 'connection.refreshed'])
  })

  it('lies sealed, is on the list of what is due, and says in its history where it came from', async () => {
    const { connectionId } = await one({ ...mara, ref: 'oauth_tokens id 7' }, { from: 'a SQLite file' })
    const [row] = await rows()
    expect([row.access_token, row.refresh_token]).toEqual([
      expect.stringMatching(/^v1\./),
      expect.stringMatching(/^v1\./),
    ])
    expect(JSON.stringify(row)).not.toContain(mara.accessToken)
    expect(await world.database.query('select connection_id from mooring.due_refreshes')).toEqual([
      { connection_id: connectionId },
    ])
    expect(await world.database.query('select connection_id from mooring.grant_holders')).toHaveLength(1)
    const { body } = await world.api('GET', `/connections/${connectionId}/events`)
    expect(body.data).toMatchObject([
      {
        type: 'connection.imported',
        actor: 'API key',
        message: 'Imported LinkedIn as Mara Lindqvist from a SQLite file, oauth_tokens id 7.',
      },
    ])
  })

  it('acts as the account that the source names, and later rows of the same import bring theirs', async () => {
    const [page, other] = (await connected(world)).accounts.filter((each: Json) => each.kind === 'organization')
    await takenOut(world.mooring.engine.vault, world.database, (await rows())[0].id)
    const short = page.subject.split(':').at(-1)
    const first = await world.api('POST', '/connections/import', {
      dryRun: false,
      records: [{ provider: 'linkedin', ...mara, subject: short }],
    })
    const { connectionId, accounts } = first.body.data[0]
    expect(accounts).toBe(1)
    expect((await look(world, connectionId)).accounts.map((each: Json) => each.subject)).toEqual([page.subject])
    // Another run brings none: a person may have taken it off since.
    expect(await one({ ...mara, subject: other.subject })).toMatchObject({ code: 'same_tokens', accounts: 0 })
    const { startedAt } = first.body
    expect(await one({ ...mara, subject: other.subject }, { startedAt })).toMatchObject({
      code: 'same_tokens',
      accounts: 1,
    })
    expect((await look(world, connectionId)).accounts).toHaveLength(2)
  })

  it('can be refresh-only, and renews at its first use', async () => {
    const done = await one({ ...mara, accessToken: null, accessTokenExpiresAt: null })
    expect(done).toMatchObject({ outcome: 'created', identity: 'source', code: 'renews' })
    expect(await clear(done.connectionId)).toMatch(/\S{20,}/)
    expect(await history(world, done.connectionId)).toEqual(['connection.imported', 'connection.refreshed'])
  })
})

describe('without a refresh token', () => {
  it('works until its end, and says that a person must reconnect then', async () => {
    const done = await one({ ...mara, refreshToken: null, refreshTokenExpiresAt: null })
    expect(done).toMatchObject({ outcome: 'created', code: 'no_refresh_token' })
    expect(await look(world, done.connectionId)).toMatchObject({
      state: 'connected',
      renewable: false,
      accessTokenExpiresAt: mara.accessTokenExpiresAt,
      health: { reason: 'no_refresh_token', message: expect.stringContaining('Then reconnect') },
    })
  })

  it('and over already, it is there to be reconnected, and a reconnect mends it', async () => {
    const done = await one(
      { ...mara, refreshToken: null, refreshTokenExpiresAt: null, accessTokenExpiresAt: later(-1) },
      { offline: true },
    )
    expect(done).toMatchObject({ outcome: 'created', code: 'ended', identity: 'source' })
    const shown = await look(world, done.connectionId)
    expect(shown).toMatchObject({
      state: 'reauthorize',
      health: {
        level: 'bad',
        message: 'Imported without a way to renew, and access to LinkedIn has ended. Reconnect to go on.',
      },
    })
    expect(await token(world, done.connectionId)).toMatchObject({ status: 409, body: { code: 'reauthorize' } })
    const { flow } = await world.browser().connect({ reconnect: done.connectionId })
    expect(flow.outcome).toBe('reconnected')
    expect((await look(world, done.connectionId)).state).toBe('connected')
  })

  it("of an end that nobody knows, the platform's usual life is assumed", async () => {
    const done = await one({ ...mara, refreshToken: null, refreshTokenExpiresAt: null, accessTokenExpiresAt: null })
    const { accessTokenExpiresAt } = await look(world, done.connectionId)
    expect(Math.round((Date.parse(accessTokenExpiresAt) - world.now()) / DAY / 1000)).toBe(60)
  })

  it('that the platform refuses, whatever the source says of its end, it must be reconnected', async () => {
    steer(world, { linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
    const done = await one({ ...mara, refreshToken: null, refreshTokenExpiresAt: null })
    expect(done).toMatchObject({ outcome: 'created', code: 'ended', identity: 'source' })
    expect((await look(world, done.connectionId)).state).toBe('reauthorize')
  })
})

describe('whose it is', () => {
  it('the platform says, and the source is not believed against it', async () => {
    const done = await one({ ...mara, subject: 'somebodyElse', label: 'Somebody Else' })
    expect(done).toMatchObject({ subject: mara.subject, label: 'Mara Lindqvist', identity: 'platform' })
  })

  it.each([
    ['offline', { offline: true }, false],
    ['while the platform is away', {}, true],
  ])('%s the source says, in the form of the platform alone', async (_, options, away) => {
    steer(world, { outage: away })
    const done = await send(
      [
        { ...mara, subject: `urn:li:person:${mara.subject}`, label: 'From the source' },
        { ...mara, subject: 'urn:li:organization:1234' },
        { ...mara, subject: '1234567' },
        { ...mara, subject: null },
      ],
      options,
    )
    steer(world, { outage: false })
    expect(done.map((each: Json) => [each.outcome, each.code])).toEqual([
      ['created', 'renews'],
      ['skipped', 'needs_identity'],
      ['skipped', 'needs_identity'],
      ['skipped', 'needs_identity'],
    ])
    expect(done[0]).toMatchObject({ subject: mara.subject, label: 'From the source', identity: 'source' })
    expect(done[3].message).toMatch(/^Nobody knows whose it is: LinkedIn .+, and the source has no id of them\.$/)
    expect(await clear(done[0].connectionId)).toBe(mara.accessToken)
  })

  it('offline no platform is asked, and one that is away is not asked for every record', async () => {
    const { runtime } = world.mooring.engine
    const { fetch } = runtime
    const urls: string[] = []
    runtime.fetch = async (url, init) => {
      urls.push(url)
      return fetch(url, init)
    }
    try {
      await one(mara, { offline: true })
      expect(urls).toEqual([])
      steer(world, { outage: true })
      await send(Array.from({ length: 60 }, () => mara))
      expect(urls.length).toBeGreaterThan(0)
      expect(urls.length).toBeLessThan(12)
    } finally {
      steer(world, { outage: false })
      runtime.fetch = fetch
    }
  })
})

describe('imported again', () => {
  /** As the old system has them after it renewed on its own. */
  const renewed = (word: string, days: number): LeftBehind => ({
    ...mara,
    accessToken: `${word}${mara.accessToken.slice(word.length)}`,
    accessTokenExpiresAt: later(days),
  })

  it('it is unchanged, and there is one row and one word in its history', async () => {
    const first = await one(mara)
    for (const options of [{}, { offline: true }, { dryRun: true }])
      expect(await one(mara, options)).toMatchObject({
        outcome: 'unchanged',
        code: 'same_tokens',
        connectionId: first.connectionId,
      })
    expect(await rows()).toHaveLength(1)
    expect(await history(world, first.connectionId)).toEqual(['connection.imported'])
  })

  it('what the source renewed is taken, as often as it does, and what is older is not', async () => {
    const first = await one(mara, { offline: true })
    const newer = renewed('newer', 70)
    expect(await one(newer, { offline: true })).toMatchObject({ outcome: 'updated', connectionId: first.connectionId })
    expect(await one(mara, { offline: true })).toMatchObject({ outcome: 'unchanged', code: 'not_newer' })
    expect(await clear(first.connectionId)).toBe(newer.accessToken)
    const newest = renewed('newest', 80)
    expect(await one(newest, { offline: true })).toMatchObject({ outcome: 'updated' })
    expect((await rows()).map((row) => [row.subject, row.token_version])).toEqual([[mara.subject, '3']])
  })

  it('by the time of the source where no end tells, and with the refresh token that was missing', async () => {
    const bare = { ...mara, accessTokenExpiresAt: null, refreshTokenExpiresAt: null }
    await one({ ...bare, refreshToken: null, updatedAt: later(-3) }, { offline: true })
    const other = { ...bare, refreshToken: null, accessToken: 'another-token-0123456789' }
    expect(await one({ ...other, updatedAt: later(-4) }, { offline: true })).toMatchObject({ code: 'not_newer' })
    expect(await one({ ...other, updatedAt: later(-2) }, { offline: true })).toMatchObject({ outcome: 'updated' })
    expect(await one({ ...bare, updatedAt: later(-2) }, { offline: true })).toMatchObject({
      outcome: 'updated',
      code: 'renews',
    })
  })

  it('what Mooring has renewed since is left', async () => {
    const { connectionId } = await one(mara)
    await world.api('POST', `/connections/${connectionId}/refresh`)
    const own = await clear(connectionId)
    const before = await rows()
    for (const dryRun of [true, false])
      expect(await one({ ...mara, updatedAt: later(1), accessTokenExpiresAt: later(99) }, { dryRun })).toMatchObject({
        outcome: 'kept',
        code: 'renewed_here',
        connectionId,
      })
    expect(await rows()).toEqual(before)
    expect(await clear(connectionId)).toBe(own)
  })

  it('what a person connected or reconnected here is left', async () => {
    const { connectionId } = await one(mara)
    await world.browser().connect({ reconnect: connectionId })
    expect(await one({ ...mara, accessTokenExpiresAt: later(99) })).toMatchObject({
      outcome: 'kept',
      code: 'renewed_here',
    })
    await clean(world)
    await connected(world)
    expect(await one({ ...mara, accessTokenExpiresAt: later(99) }, { offline: true })).toMatchObject({
      outcome: 'kept',
      code: 'renewed_here',
    })
  })

  it('what a person disconnected here is not revived', async () => {
    const { connectionId } = await one(mara, { offline: true })
    await world.api('DELETE', `/connections/${connectionId}`)
    for (const dryRun of [true, false])
      expect(await one({ ...mara, accessTokenExpiresAt: later(99) }, { dryRun, offline: true })).toMatchObject({
        outcome: 'kept',
        code: 'disconnected_here',
      })
    expect(await rows()).toMatchObject([{ state: 'disconnected', access_token: null, refresh_token: null }])
  })

  it('twice in one request, and in ten requests at once, it is one row', async () => {
    const twice = await send([mara, mara])
    expect(twice.map((each: Json) => each.outcome)).toEqual(['created', 'unchanged'])
    await clean(world)
    const many = await Promise.all(Array.from({ length: 10 }, () => send([mara], { offline: true })))
    expect(many.flat().filter((each: Json) => each.outcome === 'created')).toHaveLength(1)
    expect(await rows()).toHaveLength(1)
    expect(await world.database.query('select id from mooring.events')).toHaveLength(1)
  })
})

describe('a dry run', () => {
  it('is what happens without a word, and writes nothing at all', async () => {
    const { status, body } = await world.api('POST', '/connections/import', {
      records: [
        { provider: 'linkedin', ...mara, workspace: 'business:7' },
        { provider: 'linkedin', ...mara },
      ],
    })
    expect([status, body.dryRun]).toEqual([200, true])
    expect(body.data).toMatchObject([
      { outcome: 'created', connectionId: null, workspaceId: null, subject: mara.subject },
      { outcome: 'created', connectionId: null, workspaceId: world.workspace },
    ])
    expect(await rows()).toEqual([])
    expect(await world.database.query("select 1 from mooring.workspaces where external_id = 'business:7'")).toEqual([])
    expect(await world.database.query('select 1 from mooring.events')).toEqual([])
  })
})

describe('workspaces', () => {
  it('are found or made by their external id, and one identity may be in several', async () => {
    const external = `business:${randomUUID()}`
    const first = await send([{ ...mara, workspace: external }, { ...mara, workspace: `${external}b` }, mara], {
      offline: true,
    })
    const again = await send([{ ...mara, workspace: external }], { offline: true })
    expect(first.map((each: Json) => each.outcome)).toEqual(['created', 'created', 'created'])
    expect(new Set(first.map((each: Json) => each.workspaceId)).size).toBe(3)
    expect(again[0]).toMatchObject({ outcome: 'unchanged', workspaceId: first[0].workspaceId })
    expect((await world.api('GET', '/connections')).body.data).toHaveLength(1)
    const made = await world.database.query<Json>('select id, name from mooring.workspaces where external_id = $1', [
      external,
    ])
    expect(made).toEqual([{ id: first[0].workspaceId, name: external }])
  })

  it('are named by keys of the instance alone', async () => {
    const key = `mk_live_${randomUUID()}`
    await world.database.query(
      `insert into mooring.api_keys (id, workspace_id, key_hash, prefix, name, scopes)
       values ($1, $2, sha256($3::bytea), 'mk_live_x', 'theirs', '{connections:write}')`,
      [randomUUID(), world.workspace, key],
    )
    const ask = (record: object) =>
      world.api(
        'POST',
        '/connections/import',
        { records: [{ provider: 'linkedin', ...mara, ...record }] },
        {
          authorization: `Bearer ${key}`,
        },
      )
    expect(await ask({ workspace: 'business:7' })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await ask({})).status).toBe(200)
  })
})

describe('what cannot be taken is told, record by record, and the rest is taken', () => {
  it('each with its code and a sentence', async () => {
    const done = await send([
      { ...mara, provider: 'heyreach' },
      { ...mara, registration: 'unheard-of' },
      { ...mara, accessToken: null, refreshToken: null },
      { ...mara, accessToken: 'two\nlines' },
      { ...mara, accessToken: 'nul\u0000' },
      { ...mara, refreshToken: 'half\ud800' },
      { ...mara, accessToken: 'long'.repeat(4000), subject: null },
      { ...mara, label: 'half \ud800 a pair' },
    ])
    const codes = done.map((each: Json) => each.code)
    expect(codes).toEqual([
      'provider_unknown',
      'registration_unknown',
      'no_token',
      'token_unusable',
      'token_unusable',
      'token_unusable',
      'needs_identity',
      'renews',
    ])
    for (const each of done) expect(each.message).toMatch(/^[A-Z].+\.$/)
    expect(await rows()).toHaveLength(1)
  })

  it('a registration that is not set up, and one that is not there for all', async () => {
    const other = await createWorld({
      sandbox: true,
      registrations: (from) => from.map((each) => (each.id === 'linkedin' ? { ...each, client: undefined } : each)),
    })
    const ask = (body: object) => other.api('POST', '/connections/import', body)
    const [record] = [{ provider: 'linkedin', registration: 'linkedin', accessToken: 'x'.repeat(20) }]
    expect((await ask({ records: [record] })).body.data[0]).toMatchObject({
      outcome: 'skipped',
      code: 'provider_not_configured',
    })
    expect(await ask({ registration: 'linkedin', records: [] })).toMatchObject({
      status: 404,
      body: { code: 'provider_not_configured' },
    })
    expect(await ask({ registration: 'nobody', records: [] })).toMatchObject({ status: 404 })
    await other.close()
  })

  it('and no answer, log or event repeats a token', async () => {
    const canaries = ['CANARY-access-0123456789', 'CANARY-refresh-0123456789', 'CANARY\nbroken']
    const [accessToken, refreshToken, broken] = canaries
    const bodies = [
      await world.api('POST', '/connections/import', {
        dryRun: false,
        records: [{ provider: 'linkedin', accessToken, refreshToken, subject: 'abcdefgh' }],
      }),
      await world.api('POST', '/connections/import', {
        dryRun: false,
        records: [{ provider: 'linkedin', accessToken: broken }],
      }),
      await world.api('POST', '/connections/import', {
        records: [{ provider: 'linkedin', accessToken: { x: broken }, refreshToken: 7 }],
      }),
      await world.api('POST', '/connections/import', { records: [{ accessToken }] }),
      await world.api('POST', '/connections/import', {
        records: Array.from({ length: 101 }, () => ({ provider: 'x', accessToken })),
      }),
    ]
    expect(bodies.map((each) => each.status)).toEqual([200, 200, 400, 400, 400])
    const events = await world.database.query<Json>('select * from mooring.events')
    const said = JSON.stringify([bodies.map((each) => each.body), world.logs, events, await rows()])
    expect(said).not.toContain('CANARY')
  })
})
