/** What a connect costs beside the platform's own time: `POST /flows` and the callback, and the same transactions left empty. */
import { join } from 'node:path'
import { startSandbox } from '@mooring/sandbox'
import { generateKey } from '../packages/mooring/src/vault/keyring.ts'
import type { MooringSettings } from './servers/mooring.ts'
import { startChild } from './support/child.ts'
import { startCluster } from './support/cluster.ts'
import { createReplay, stepsOf } from './support/replay.ts'
import { finish, median, options, quantile, rounded, table } from './support/report.ts'
import type { Timing } from './support/stopwatch.ts'
import { createVisitor } from './support/visitor.ts'
import { tapWire } from './support/wire.ts'

const { flows, warm, check } = options({ flows: 200, warm: 40 })
const BASE = 'http://localhost:8003'
const MOST_MS = 20

const cluster = await startCluster()
const sandbox = await startSandbox({ redirectUris: { linkedin: [`${BASE}/callback/linkedin`] } })
const app = sandbox.apps.find((one) => one.registration === 'linkedin')
if (!app) throw new Error('the sandbox has no app for this registration')
const settings: MooringSettings = {
  admin: cluster.admin,
  vaultKeys: generateKey(),
  env: {
    PORT: '0',
    MOORING_BASE_URL: BASE,
    MOORING_STARTS_PER_HOUR: '10000',
    MOORING_LOG: 'warn',
    LINKEDIN_CLIENT_ID: app.clientId,
    LINKEDIN_CLIENT_SECRET: app.clientSecret,
    LINKEDIN_SCOPES: app.scopes.join(' '),
  },
  platformOrigins: sandbox.origins,
  measure: true,
}

const statements = await statementsOfOneFlow()
const steps = stepsOf(statements)
const replay = await createReplay(cluster, steps)
const measured = await measure()
await replay.end()
await sandbox.stop()
await cluster.stop()

const columns = {
  'start, own': measured.map((one) => own(one.start)),
  'callback, own': measured.map((one) => own(one.callback)),
  'both, own': measured.map((one) => own(one.start) + own(one.callback)),
  'the platform (sandbox)': measured.map((one) => one.start.platformMs + one.callback.platformMs),
  'the same transactions, empty': measured.map((one) => one.emptyMs),
}
const both = columns['both, own']
const times = median(both) / median(columns['the same transactions, empty'])
table(
  [`ms, over ${flows} flows`, 'median', 'p90', 'p99'],
  Object.entries(columns).map(([name, values]) => [
    name,
    ...[0.5, 0.9, 0.99].map((at) => rounded(quantile(values, at))),
  ]),
)
const count = (step: string) => steps.filter((one) => one === step).length
table(
  ['what one flow asks of the database', ''],
  [
    ['transactions', count('begin')],
    ['statements, BEGIN and COMMIT included', steps.length],
    ['of these, writing', count('write')],
    ['own time as a multiple of the same transactions, empty', rounded(times)],
  ],
)
finish('flow', check, [{ what: 'own time of a flow, median, ms', bound: { most: MOST_MS }, value: median(both) }], {
  postgres: cluster.version,
  statements: steps,
  times,
  columns,
})

function own({ totalMs, platformMs }: Timing): number {
  return totalMs - platformMs
}

/** Counted on the wire, on a server of its own: the relay would cost the measured one time. */
async function statementsOfOneFlow(): Promise<string[]> {
  const wire = await tapWire(cluster.admin)
  const server = await startChild(program(), { ...settings, admin: wire.admin })
  const visitor = createVisitor(server.url, sandbox)
  await visitor.signIn((await server.ask<{ link: string }>('link')).link)
  await visitor.connect()
  await forget()
  wire.statements()
  await visitor.connect()
  const statements = wire.statements()
  await forget()
  await server.stop()
  await wire.stop()
  return statements
}

/** One flow, then the empty transactions, in turn: what the machine does meanwhile falls on both. */
async function measure() {
  const server = await startChild(program(), settings)
  const visitor = createVisitor(server.url, sandbox)
  await visitor.signIn((await server.ask<{ link: string }>('link')).link)
  const measured: { start: Timing; callback: Timing; emptyMs: number }[] = []
  for (let at = 0; at < warm + flows; at += 1) {
    await server.ask('timings')
    await visitor.connect()
    const timings = await server.ask<Timing[]>('timings')
    const start = timings.find((one) => one.path === '/api/v1/flows')
    const callback = timings.find((one) => one.path.startsWith('/callback/'))
    if (!start || !callback) throw new Error('a flow went by unmeasured')
    const emptyMs = await replay.once()
    if (at >= warm) measured.push({ start, callback, emptyMs })
    await forget()
  }
  await server.stop()
  return measured
}

/** Every flow is a first connection, and none finds more rows than a person's own. */
async function forget(): Promise<void> {
  for (const name of ['connections', 'grant_holders', 'flows']) await cluster.query(`delete from mooring.${name}`)
}

function program(): string {
  return join(import.meta.dirname, 'servers/mooring.ts')
}
