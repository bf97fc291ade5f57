/** What each step of signing in through a service costs beside the service's own time: the start, the password, the code. */
import { join } from 'node:path'
import { startSandbox } from '@mooring/sandbox'
import { generateKey } from '../packages/mooring/src/vault/keyring.ts'
import type { MooringSettings } from './servers/mooring.ts'
import { startChild } from './support/child.ts'
import { startCluster } from './support/cluster.ts'
import { finish, median, options, quantile, rounded, table } from './support/report.ts'
import type { Timing } from './support/stopwatch.ts'

const { flows, warm, check } = options({ flows: 100, warm: 20 })
const KEY = 'mk_test_0123456789abcdef'
const MOST_MS = 50

const cluster = await startCluster()
const sandbox = await startSandbox({})
const app = sandbox.apps.find((one) => one.registration === 'unipile')
if (!app) throw new Error('the sandbox has no app for this registration')
const settings: MooringSettings = {
  admin: cluster.admin,
  vaultKeys: generateKey(),
  env: {
    PORT: '0',
    MOORING_BASE_URL: 'http://localhost:8003',
    MOORING_API_KEY: KEY,
    MOORING_STARTS_PER_HOUR: '10000',
    MOORING_LOG: 'warn',
    UNIPILE_API_KEY: app.clientSecret,
  },
  platformOrigins: sandbox.origins,
  measure: true,
}
const server = await startChild(join(import.meta.dirname, 'servers/mooring.ts'), settings)
const post = async (path: string, body: object): Promise<{ id: string; state: string }> => {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return (await response.json()) as { id: string; state: string }
}

const steps = ['start', 'password', 'code'] as const
const measured: Record<(typeof steps)[number], Timing>[] = []
for (let at = 0; at < warm + flows; at += 1) {
  await server.ask('timings')
  const { id } = await post('/flows', { provider: 'unipile', endUser: `user-${at}` })
  await post(`/flows/${id}/credentials`, { username: 'sms@sandbox.example', password: 'sandbox-password' })
  const { state } = await post(`/flows/${id}/checkpoint`, { code: '123456' })
  if (state !== 'connected') throw new Error(`the flow is ${state}`)
  const [start, password, code] = await server.ask<Timing[]>('timings')
  if (!start || !password || !code) throw new Error('a step went by unmeasured')
  if (at >= warm) measured.push({ start, password, code })
  // Each is a first connection.
  for (const name of ['connections', 'grant_holders', 'flows']) await cluster.query(`delete from mooring.${name}`)
  sandbox.control.apply({ unipile: { remove: { person: 'sms' } } })
}
await server.stop()
await sandbox.stop()
await cluster.stop()

const own = ({ totalMs, platformMs }: Timing): number => totalMs - platformMs
const columns = Object.fromEntries(
  steps.flatMap((step) => [
    [`${step}, own`, measured.map((one) => own(one[step]))],
    [`${step}, the service (sandbox)`, measured.map((one) => one[step].platformMs)],
  ]),
)
table(
  [`ms, over ${flows} flows`, 'median', 'p90', 'p99'],
  Object.entries(columns).map(([name, values]) => [
    name,
    ...[0.5, 0.9, 0.99].map((at) => rounded(quantile(values, at))),
  ]),
)
finish(
  'seat',
  check,
  steps.map((step) => ({
    what: `own time of the step "${step}", median, ms`,
    bound: { most: MOST_MS },
    value: median(measured.map((one) => own(one[step]))),
  })),
  { postgres: cluster.version, columns },
)
