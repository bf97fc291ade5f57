/** From a file through a whole Mooring to the report: batches, order, owners, registrations. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { leftBehind, takenOut } from '../../../test/left-behind.ts'
import { clean, connected } from '../../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../../test/world.ts'
import { ERROR_STATUS, type ErrorCode, isMooringError, MooringError } from '../../error.ts'
import { exitOf, type Line, type Report, reportText } from './report.ts'
import { type RunOptions, runImport } from './run.ts'
import { openSource } from './source.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-run-'))
let world: World
let bodies: Json[]
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})
beforeEach(async () => {
  bodies = []
  await clean(world)
})

/** The command's way to the server, over the world's. */
const client = {
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    bodies.push(body)
    const answer = await world.api(method, path, body)
    if (answer.status === 200) return answer.body
    const { code } = answer.body
    expect(ERROR_STATUS).toHaveProperty(code)
    throw new MooringError(code as ErrorCode, answer.body.detail)
  },
}

async function imported(records: readonly unknown[], options: Partial<RunOptions> = {}): Promise<Report> {
  const file = join(folder, 'records.jsonl')
  writeFileSync(file, records.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join(''))
  const source = await openSource(file, { table: undefined, databaseUrl: undefined })
  return runImport(source, client, {
    apply: true,
    offline: true,
    registration: undefined,
    owners: 'unsaid',
    fernetKeys: [],
    ...options,
  })
}

const record = (at: number, parts: object = {}) => ({
  provider: 'linkedin',
  subject: `person-${at}`,
  accessToken: `access-${at}`,
  accessTokenExpiresAt: '2099-01-01',
  ...parts,
})
const numbered = (count: number, parts: object = {}) => Array.from({ length: count }, (_, at) => record(at, parts))
const codes = (report: Report) => report.records.map((one) => `${one.outcome} ${one.code}`)

describe('batches', () => {
  it('are of as many records as the API takes, and the report keeps the order of the source', async () => {
    const records = numbered(250).flatMap((one, at) => (at % 50 === 0 ? ['{', one] : [one]))
    const report = await imported(records)
    expect(bodies.map((body) => body.records.length).every((count) => count <= 100)).toBe(true)
    expect(bodies.length).toBeLessThan(5)
    expect(report.records.map((one) => one.ref)).toEqual(records.map((_, at) => `records.jsonl record ${at + 1}`))
    expect(report.counts).toEqual({ created: 250, updated: 0, unchanged: 0, kept: 0, skipped: 5 })
  })

  it('of long tokens are smaller, and what is too long for any is told here', async () => {
    const long = numbered(60, { refreshToken: 'r'.repeat(16_000) }).map((one) => ({
      ...one,
      accessToken: `${one.accessToken}${'a'.repeat(16_000)}`,
    }))
    const report = await imported([...long, record(99, { accessToken: 'a'.repeat(17_000) })])
    expect(bodies.length).toBeGreaterThan(2)
    for (const body of bodies) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(1024 * 1024)
    expect(report.counts).toMatchObject({ created: 60, skipped: 1 })
    expect(report.records.at(-1)).toMatchObject({ code: 'token_unusable' })
  })

  it('that stop say where, and the next run goes on', async () => {
    const { call } = client
    let calls = 0
    client.call = async (...args) => {
      calls += 1
      if (calls === 2) throw new MooringError('database_unavailable', 'No server answers.')
      return call(...args)
    }
    const stopped = await imported(numbered(150)).catch((error: unknown) => error)
    client.call = call
    expect(isMooringError(stopped) && stopped.detail).toContain(
      'The import stopped at records.jsonl record 101. Run it again',
    )
    expect((await imported(numbered(150))).counts).toMatchObject({ created: 50, unchanged: 100 })
  })
})

describe('owners', () => {
  it('several are refused before anything is sent; one is no question', async () => {
    const two = [record(1, { owner: 'a' }), record(2), record(3, { owner: 'b' })]
    const refused = await imported(two).catch((error: unknown) => error)
    expect(isMooringError(refused) && refused.message).toBe('The source has more than one owner (a, b …).')
    expect(bodies).toEqual([])
    expect((await imported([record(1, { owner: 'a' }), record(2)])).counts.created).toBe(2)
  })

  it('each get a workspace, and a record of nobody is skipped', async () => {
    const report = await imported([record(1, { owner: 'a' }), record(1, { owner: 'b' }), record(1)], {
      owners: 'workspace_per_owner',
    })
    expect(codes(report)).toEqual(['created no_refresh_token', 'created no_refresh_token', 'skipped no_owner'])
    expect(exitOf(report)).toBe(1)
    const names = await world.database.query<Json>(
      "select external_id as name from mooring.workspaces where external_id in ('a', 'b') order by 1",
    )
    expect(names.map((one) => one.name)).toEqual(['a', 'b'])
  })
})

describe('a dry run', () => {
  it('knows the second of the same identity, also in another request', async () => {
    const records = [...numbered(120), record(3, { accessToken: 'another' }), record(3, { owner: 'x' })]
    const report = await imported(records, { apply: false, owners: 'workspace_per_owner' })
    expect(report.counts.skipped).toBe(121)
    const flat = await imported(records, { apply: false, owners: 'one_workspace' })
    expect(flat.counts).toEqual({ created: 120, updated: 0, unchanged: 2, kept: 0, skipped: 0 })
    expect(flat.records.at(-1)).toMatchObject({ code: 'same_identity', message: expect.stringContaining('record 4') })
    expect(await world.database.query('select 1 from mooring.connections')).toEqual([])
  })
})

describe('a registration', () => {
  it('that is named is for the records of its provider that name none', async () => {
    const report = await imported(
      [record(1), record(2, { registration: 'linkedin' }), record(3, { provider: 'heyreach' })],
      {
        registration: 'linkedin-community',
      },
    )
    expect(report.records.map((one) => one.registration)).toEqual(['linkedin-community', 'linkedin', null])
    const wrong = await imported([record(1)], { registration: 'unheard-of' }).catch((error: unknown) => error)
    expect(isMooringError(wrong) && wrong.code).toBe('provider_not_configured')
  })
})

describe('accounts', () => {
  it('of one person in many rows come together, over as many requests as it takes', async () => {
    const { id, accounts } = await connected(world)
    const mara = await takenOut(world.mooring.engine.vault, world.database, id)
    const rows = accounts.map((one: Json) => ({
      ...mara,
      provider: 'linkedin',
      subject: one.subject.split(':').at(-1),
    }))
    const between = numbered(60)
    const report = await imported([rows[0], ...between, ...rows.slice(1)], { offline: false })
    expect(report.records[0]).toMatchObject({ outcome: 'created', accounts: 1, identity: 'platform' })
    expect(bodies.length).toBeGreaterThan(2)
    const connection = (await world.api('GET', `/connections/${report.records[0]?.connectionId}`)).body
    expect(connection.accounts.map((one: Json) => one.subject).sort()).toEqual(
      accounts.map((one: Json) => one.subject).sort(),
    )
    await world.api('PUT', `/connections/${connection.id}/accounts`, { accounts: [connection.accounts[0].subject] })
    await imported(rows, { offline: false })
    expect((await world.api('GET', `/connections/${connection.id}`)).body.accounts).toHaveLength(1)
  })

  it('without any that is named, a single one is taken and of several none', async () => {
    const [ines, mara] = [await leftBehind(world, { member: 'ines' }), await leftBehind(world)]
    const report = await imported(
      [ines, mara].map((one) => ({ ...one, provider: 'linkedin', subject: undefined })),
      { offline: false },
    )
    expect(report.records.map((one) => one.accounts)).toEqual([1, 0])
  })
})

describe('the report', () => {
  const line = (parts: Partial<Line>): Line => ({
    ref: 'r',
    provider: 'p',
    owner: null,
    outcome: 'created',
    code: 'renews',
    message: 'It renews itself.',
    connectionId: null,
    workspaceId: null,
    registration: null,
    subject: null,
    label: null,
    identity: null,
    accounts: 0,
    ...parts,
  })
  const of = (records: Line[]): Report => ({
    dryRun: false,
    source: 's',
    counts: { created: records.length, updated: 0, unchanged: 0, kept: 0, skipped: 0 },
    reasons: {},
    faults: 0,
    notes: [],
    records,
  })

  it('of nothing says so, of very many shows some, and a name cannot steer the terminal', () => {
    expect(reportText(of([]))).toMatch(/^There is nothing in it\.\n\n0 created/)
    const many = reportText(of(Array.from({ length: 700 }, () => line({}))))
    expect(many.split('\n').length).toBeLessThan(520)
    expect(many).toContain('… and 200 more; --json has all.')
    expect(reportText(of([line({ label: 'a\u001b[2Jb\r\nc' })]))).toContain(' a [2Jb c ')
  })
})
