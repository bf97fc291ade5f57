/**
 * What a Prometheus server reads of one Mooring: numbers since the start, and facts asked at the scrape. On a registry of
 * its own, so that two in one process, or a host application's metrics beside it, never clash. The only importer of
 * prom-client. No label holds an id of a workspace, a connection or a person: a series lives for ever in Prometheus, and
 * there are more people than it can hold.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { unknownFault } from './error.ts'
import { type Cell, grid, tally, timings } from './metrics-cells.ts'
import type { Provider } from './provider.ts'
import type { Log } from './runtime.ts'

export const REFRESH_OUTCOMES = [
  'renewed',
  'refused',
  'refused_alive',
  'failing',
  'misconfigured',
  'lost',
  'shut',
  'error',
] as const
/**
 * `refused`: the grant is over. `refused_alive`: it is, and its access token still works. `misconfigured`: the operator's
 * matter. `lost`: a sibling's tokens or word stand. `shut`: not asked, since an alert stands. `error`: ours.
 */
export type RefreshOutcome = (typeof REFRESH_OUTCOMES)[number]

const READ_OUTCOMES = ['live', 'renewed', 'not_found', 'disconnected', 'reauthorize', 'misconfigured', 'failing']

export interface Metrics {
  /** One refresh came to its end. */
  refreshed(provider: string, outcome: RefreshOutcome): void
  /** A platform answered a refresh, or did not, after so many seconds. */
  refreshTook(provider: string, seconds: number): void
  /** A caller waited for the refresh of another process. */
  leaseWaited(registration: string, seconds: number): void
  /** The sweep took so many due connections of a registration. */
  swept(registration: string, taken: number): void
  /** The sweep looked at one connection. */
  looked(provider: string, outcome: string): void
  /** A delivery came to its end. */
  delivered(provider: string, outcome: 'published' | 'failed' | 'unknown' | 'missed'): void
  /** A live token was asked for: `live`, `renewed`, or the code that stood against it. Costs a look-up and an addition. */
  tokenRead(registration: string | undefined, outcome: string): void
  /** The proxy answered with this status, after so many seconds. */
  proxied(provider: string, status: number, seconds: number): void
  /** An HTTP request was answered; `route` is its pattern. */
  served(method: string, route: string, status: number, seconds: number): void
  /** Everything, in Prometheus' text format. Never throws; answers within 3.5 s, without what the database keeps to itself. */
  text(): Promise<string>
  readonly contentType: string
}

/** What is asked at a scrape. Either may throw or hang: then it is left out, and `mooring_database_up` is 0. */
export interface Facts {
  /** By registration: how many connections are due, and since when the oldest is, in milliseconds since 1970. */
  due(): Promise<ReadonlyMap<string, { backlog: number; oldest: number | undefined }>>
  /** The registrations that their platforms refuse. */
  alerts(): Promise<readonly string[]>
  /** The pool of this process, from memory. */
  pool(): { total: number; idle: number; waiting: number; max: number }
  now(): number
}

export interface MeasuredRegistration {
  id: string
  client?: unknown
  settings?: Readonly<Record<string, string>>
  provider: Pick<Provider, 'id' | 'retires'>
}

export interface MetricsOptions {
  version: string
  registrations: readonly MeasuredRegistration[]
  facts: Facts
  log: Log
  /** False for who answers a command and goes: nobody will scrape it. */
  process?: boolean | undefined
}

/** Prometheus gives a scrape 10 s; what the database does not answer by now is left out. */
const ASK_MS = 3_500
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const REFRESH_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40]
const WAIT_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 35]
const PROXY_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const HTTP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(options: MetricsOptions): Metrics {
  const { facts } = options
  const registry = new Registry()
  const registers = [registry]
  const provided = new Map(options.registrations.map((one) => [one.id, one.provider.id]))
  const configured = options.registrations.filter((one) => one.client)
  const providers = [...new Set(configured.map((one) => one.provider.id))]

  const counter = <T extends string>(name: string, help: string, labelNames: T[]) =>
    new Counter({ name: `mooring_${name}`, help, labelNames, registers })
  const gauge = <T extends string>(name: string, help: string, labelNames: T[] = []) =>
    new Gauge({ name: `mooring_${name}`, help, labelNames, registers })
  const histogram = <T extends string>(name: string, help: string, buckets: number[], labelNames: T[]) =>
    new Histogram({ name: `mooring_${name}`, help, buckets, labelNames, registers })

  const ends = gauge(
    'api_version_ends_timestamp_seconds',
    'When what a configured app rests on ends at its platform, in seconds since 1970.',
    ['registration', 'what'],
  )
  for (const { id, provider, settings = {} } of configured)
    for (const { what, at } of provider.retires?.(settings) ?? []) ends.set({ registration: id, what }, at / 1000)
  gauge('build_info', 'Always 1; the version is a label.', ['version']).set({ version: options.version }, 1)
  const refreshes = counter('refreshes_total', 'Refreshes that came to their end, by outcome.', ['provider', 'outcome'])
  const refreshTook = histogram(
    'refresh_duration_seconds',
    'How long the platform took to answer a refresh, a second try included.',
    REFRESH_SECONDS,
    ['provider'],
  )
  const waits = counter('lease_waits_total', 'Refreshes that waited for the one of another process.', ['provider'])
  const waited = histogram('lease_wait_seconds', 'How long they waited.', WAIT_SECONDS, ['provider'])
  const taken = counter('sweep_taken_total', 'Due connections that the sweep of this process took.', ['registration'])
  const looks = counter('sweep_looks_total', 'Connections that the sweep looked at, by outcome.', [
    'provider',
    'outcome',
  ])
  const deliveries = counter('deliveries_total', 'Deliveries that came to their end, by outcome.', [
    'provider',
    'outcome',
  ])
  const proxyTook = histogram(
    'proxy_request_duration_seconds',
    'How long the proxy took to the end of the answer.',
    PROXY_SECONDS,
    ['provider'],
  )
  const proxyRequests = counter('proxy_requests_total', 'Requests that the proxy answered.', [
    'provider',
    'status_class',
  ])
  const httpTook = timings(
    'mooring_http_request_duration_seconds',
    'How long a request took until its answer was ready.',
    HTTP_SECONDS,
    ['route', 'method'],
  )
  const reads = tally(['provider', 'outcome'])
  const requests = tally(['route', 'method', 'status'])
  const tallied = { registers, labelNames: [] as string[] }
  new Counter({
    ...tallied,
    name: 'mooring_token_reads_total',
    help: 'Live tokens that were asked for, by what came of it.',
    labelNames: reads.labelNames,
    collect: reads.collect,
  })
  new Counter({
    ...tallied,
    name: 'mooring_http_requests_total',
    help: 'Requests by route, method and status.',
    labelNames: requests.labelNames,
    collect: requests.collect,
  })
  const readCells = grid((registration, outcome) => {
    const provider = provided.get(registration) ?? 'none'
    return reads.cell(provider, READ_OUTCOMES.includes(outcome) ? outcome : 'error')
  })
  const httpCells = grid((route, method) => ({
    byStatus: new Map<number, Cell>(),
    took: httpTook.timing(route, method),
  }))

  // A series that is not there yet cannot be seen to rise: those whose labels are known begin at nothing.
  for (const provider of providers) {
    for (const outcome of REFRESH_OUTCOMES) refreshes.inc({ provider, outcome }, 0)
    for (const outcome of READ_OUTCOMES) reads.cell(provider, outcome)
    for (const each of [refreshTook, waited]) each.zero({ provider })
    waits.inc({ provider }, 0)
  }
  for (const { id } of configured) taken.inc({ registration: id }, 0)

  const database = databaseGauges(gauge, facts, configured)
  if (options.process !== false) processRegistry()
  let asking: Promise<Answered | undefined> | undefined
  /** One question at a time: a database that hangs must not gather them. */
  const ask = () => {
    asking ??= askAll(facts)
      .catch((error: unknown) => {
        options.log.debug({ fault: unknownFault(error) }, 'the database did not answer a scrape')
        return undefined
      })
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  return {
    contentType: registry.contentType,
    refreshed: (provider, outcome) => refreshes.inc({ provider, outcome }),
    refreshTook: (provider, seconds) => refreshTook.observe({ provider }, seconds),
    leaseWaited(registration, seconds) {
      const provider = provided.get(registration) ?? 'none'
      waits.inc({ provider })
      waited.observe({ provider }, seconds)
    },
    swept: (registration, count) => taken.inc({ registration }, count),
    looked: (provider, outcome) => looks.inc({ provider, outcome }),
    delivered: (provider, outcome) => deliveries.inc({ provider, outcome }),
    tokenRead(registration, outcome) {
      readCells(registration ?? '', outcome).count += 1
    },
    proxied(provider, status, seconds) {
      proxyRequests.inc({ provider, status_class: `${Math.floor(status / 100)}xx` })
      proxyTook.observe({ provider }, seconds)
    },
    served(given, route, status, seconds) {
      const method = METHODS.has(given) ? given : 'other'
      const found = httpCells(route, method)
      let cell = found.byStatus.get(status)
      if (!cell) {
        cell = requests.cell(route, method, String(status))
        found.byStatus.set(status, cell)
      }
      cell.count += 1
      found.took.observe(seconds)
    },
    async text() {
      database(await within(ASK_MS, ask()))
      const parts = [registry, ...(processes ? [processes] : [])].map((one) => one.metrics())
      return [...(await Promise.all(parts)), httpTook.text()].join('\n')
    },
  }
}

/** What comes of the work within so many ms, else undefined. By the scraper's clock, which no runtime moves. */
export const within = <T>(ms: number, work: Promise<T>): Promise<T | undefined> =>
  Promise.race([work, delay(ms, undefined, { ref: false })])

interface Answered {
  due: Awaited<ReturnType<Facts['due']>>
  refused: readonly string[]
}

async function askAll(facts: Facts): Promise<Answered> {
  const [due, refused] = await Promise.all([facts.due(), facts.alerts()])
  return { due, refused }
}

/** What only the database knows, and the pool that leads to it. */
function databaseGauges(
  gauge: <T extends string>(name: string, help: string, labelNames?: T[]) => Gauge<T>,
  facts: Facts,
  configured: readonly { id: string }[],
): (answered: Answered | undefined) => void {
  const up = gauge('database_up', 'Whether the database answered this scrape.')
  const backlog = gauge('due_backlog', 'Connections whose renewal is due, whoever will renew them.', ['registration'])
  const oldest = gauge('due_oldest_seconds', 'For how long the oldest of them has been due.', ['registration'])
  const alerts = gauge('operator_alerts', '1 while a platform refuses the registration.', ['registration'])
  const clients = gauge('database_pool_clients', 'Database clients of this process.', ['state'])
  const waiting = gauge('database_pool_waiting', 'Callers of this process that wait for a database client.')
  const max = gauge('database_pool_max_clients', 'The most database clients that this process may have.')
  return (answered) => {
    const pool = facts.pool()
    clients.set({ state: 'idle' }, pool.idle)
    clients.set({ state: 'busy' }, pool.total - pool.idle)
    waiting.set(pool.waiting)
    max.set(pool.max)
    up.set(answered ? 1 : 0)
    // An old number would look like a good one.
    for (const each of [backlog, oldest, alerts]) each.reset()
    for (const { id: registration } of answered ? configured : []) {
      const found = answered?.due.get(registration)
      const age = found?.oldest === undefined ? 0 : Math.max(0, (facts.now() - found.oldest) / 1000)
      backlog.set({ registration }, found?.backlog ?? 0)
      oldest.set({ registration }, age)
      alerts.set({ registration }, answered?.refused.includes(registration) ? 1 : 0)
    }
  }
}

let processes: Registry | undefined

/** Node's own numbers are the process's, however many Moorings run in it: its observers are begun once. */
function processRegistry(): void {
  if (processes) return
  processes = new Registry()
  collectDefaultMetrics({ register: processes })
}
