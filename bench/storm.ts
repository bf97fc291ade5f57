/** A token expires under many callers on four processes: what the platform is asked, and how long the last caller waits. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createKeyRing, generateKey } from '../packages/mooring/src/vault/keyring.ts'
import { createVault } from '../packages/mooring/src/vault/vault.ts'
import type { Tokens } from '../packages/mooring/test/rotating.ts'
import type { StormSettings } from './servers/storm.ts'
import type { NaiveSettings } from './servers/storm-naive.ts'
import type { StormReport } from './servers/storm-platform.ts'
import { type Child, startChild } from './support/child.ts'
import { startCluster } from './support/cluster.ts'
import { finish, median, options, quantile, rounded, table } from './support/report.ts'

const { expiries, callers, processes, delay, check } = options({ expiries: 30, callers: 50, processes: 4, delay: 100 })
const HOUR = 3601
const API_KEY = 'mk_bench_0123456789abcdef'
const MOST_MS = 250
/** How far the platform's clock and the servers' are ahead. */
let hours = 0

interface Expiry {
  requests: number
  dead: number
  /** Callers that got the one token that the platform takes. */
  served: number
  /** From the platform's first good answer to the answer of the last caller, in ms. */
  last: number
}

const program = (name: string) => join(import.meta.dirname, 'servers', name)
const cluster = await startCluster()
const platform = await startChild(program('storm-platform.ts'), { delay, hour: HOUR })
const vaultKeys = generateKey()
const vault = createVault(createKeyRing(vaultKeys))

const mooring: StormSettings = {
  admin: cluster.admin,
  vaultKeys,
  apiKey: API_KEY,
  platform: platform.url,
  hour: HOUR,
  offset: 0,
}
const naive = (collapse: NaiveSettings['collapse']): NaiveSettings => ({
  admin: cluster.admin,
  platform: platform.url,
  hour: HOUR,
  offset: 0,
  collapse,
})
await cluster.query(
  'create table naive_tokens (id uuid primary key, access_token text, refresh_token text, expires_at timestamptz)',
)

const ways = {
  mooring: await measure('storm.ts', mooring, connectMooring),
  process: await measure('storm-naive.ts', naive('process'), connectNaive),
  none: await measure('storm-naive.ts', naive('none'), connectNaive),
}
await platform.stop()
await cluster.stop()

const NAMES = { mooring: 'Mooring', process: 'one promise a process', none: 'nothing' }
const of = (some: readonly Expiry[], what: keyof Expiry) => some.map((one) => one[what])
const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0)
table(
  [
    'what collapses',
    'requests an expiry (most)',
    'grants ended',
    'callers served',
    'platform to last caller, ms: p50',
    'p95',
    'most',
  ],
  Object.entries(ways).map(([name, some]) => {
    // Where the grant was ended there is no last caller who was served.
    const last = of(
      some.filter((one) => one.dead === 0),
      'last',
    )
    const figure = (at: number) => (last.length === 0 ? '–' : rounded(quantile(last, at)))
    return [
      NAMES[name as keyof typeof NAMES],
      `${rounded(sum(of(some, 'requests')) / some.length)} (${Math.max(...of(some, 'requests'))})`,
      `${sum(of(some, 'dead'))} of ${some.length}`,
      `${rounded((100 * sum(of(some, 'served'))) / (some.length * callers * processes))} %`,
      figure(0.5),
      figure(0.95),
      figure(1),
    ]
  }),
)
finish(
  'storm',
  check,
  [
    { what: 'most requests an expiry', bound: { most: 1 }, value: Math.max(...of(ways.mooring, 'requests')) },
    { what: 'fewest requests an expiry', bound: { least: 1 }, value: Math.min(...of(ways.mooring, 'requests')) },
    { what: 'grants ended', bound: { most: 0 }, value: sum(of(ways.mooring, 'dead')) },
    {
      what: 'callers not served',
      bound: { most: 0 },
      value: expiries * callers * processes - sum(of(ways.mooring, 'served')),
    },
    { what: 'platform to last caller, median ms', bound: { most: MOST_MS }, value: median(of(ways.mooring, 'last')) },
  ],
  { expiries, callers, processes, delay, postgres: cluster.version, ways },
)

async function measure(
  name: string,
  settings: object,
  connect: (tokens: Tokens) => Promise<string>,
): Promise<Expiry[]> {
  const started = { ...settings, offset: hours * HOUR * 1000 }
  const servers = await Promise.all(Array.from({ length: processes }, () => startChild(program(name), started)))
  let id = await connect(await platform.ask<Tokens>('issue'))
  const measured: Expiry[] = []
  // The first ones find code that is not compiled and connections that are not open.
  for (let expiry = -3; expiry < expiries; expiry += 1) {
    hours += 1
    for (const one of [platform, ...servers]) await one.ask('hour')
    const one = await storm(servers, id)
    if (expiry >= 0) measured.push(one)
    // Whoever lost the grant asks the person again.
    if (one.dead > 0) id = await connect(await platform.ask<Tokens>('issue'))
  }
  await Promise.all(servers.map((one) => one.stop()))
  return measured
}

async function storm(servers: readonly Child[], id: string): Promise<Expiry> {
  const answers = await Promise.all(
    Array.from({ length: callers * processes }, async (_, at) => {
      const url = servers[at % servers.length]?.url
      const response = await fetch(`${url}/api/v1/connections/${id}/token`, {
        headers: { authorization: `Bearer ${API_KEY}` },
      })
      const { accessToken } = (await response.json()) as { accessToken?: string }
      return { accessToken, at: performance.timeOrigin + performance.now() }
    }),
  )
  const { requests, answeredAt, dead } = await platform.ask<StormReport>('report')
  const tokens = new Map<string, number>()
  for (const { accessToken } of answers)
    if (accessToken !== undefined) tokens.set(accessToken, (tokens.get(accessToken) ?? 0) + 1)
  return {
    requests,
    dead,
    served: dead > 0 ? 0 : Math.max(0, ...tokens.values()),
    last: Math.max(...answers.map((one) => one.at)) - answeredAt,
  }
}

async function connectMooring(tokens: Tokens): Promise<string> {
  const [workspace] = await cluster.query<{ id: string }>(
    'select id from mooring.workspaces order by created_at limit 1',
  )
  const id = randomUUID()
  const seal = (field: string, value: string) =>
    vault.seal(value, { workspace: workspace?.id ?? '', record: id, field })
  await cluster.query(
    `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state,
       requested_scopes, granted_scopes, access_token, refresh_token, access_expires_at, connected_at)
     values ($1, $2, 'storm', 'storm', 'bench', 'Bench', 'connected', '{read,write}', '{read,write}', $3, $4, $5, now())`,
    [
      workspace?.id,
      id,
      seal('access_token', tokens.accessToken),
      seal('refresh_token', tokens.refreshToken),
      new Date(tokens.expiresAt),
    ],
  )
  return id
}

async function connectNaive(tokens: Tokens): Promise<string> {
  const id = randomUUID()
  await cluster.query('insert into naive_tokens values ($1, $2, $3, $4)', [
    id,
    tokens.accessToken,
    tokens.refreshToken,
    new Date(tokens.expiresAt),
  ])
  return id
}
