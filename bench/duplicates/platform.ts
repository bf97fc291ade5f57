/** The sandbox as a process of its own: the platforms, what goes wrong there, and their ledgers. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { CommandInput, LedgerEntry, SandboxApp } from '@mooring/sandbox'
import { temporaryFolder } from '../support/cluster.ts'

const BIN = join(import.meta.dirname, '../../packages/mooring/bin/mooring.js')
/** Those on which something is published. */
export const PLATFORMS = ['linkedin', 'x', 'meta', 'instagram'] as const

/** Calls that others see the end of, by the names that the sandbox has for them. */
const CREATES = [
  'linkedin.post-create',
  'x.post-create',
  'meta.post',
  'meta.photo',
  'meta.comment',
  'meta.ig-publish',
  'instagram.publish',
]
/** Calls that may be repeated. */
const OTHERS = [
  ...['linkedin.posts', 'linkedin.image-init', 'linkedin.image-put', 'linkedin.image', 'x.timeline', 'x.upload'],
  ...['meta.posts', 'meta.node', 'meta.ig-container', 'meta.ig-media', 'instagram.container', 'instagram.media'],
]

export interface Platform {
  origins: Record<string, string>
  apps: SandboxApp[]
  /** From now on calls go wrong by chance; with `slow`, some keep their caller waiting for longer than it waits. */
  disturb(seed: number, slow: boolean): Promise<void>
  /** From now on none does. */
  calm(): Promise<void>
  /** How many did, by kind. */
  met: Record<string, number>
  advance(seconds: number): Promise<void>
  ledger(): Promise<LedgerEntry[]>
  stop(): Promise<void>
}

/** `baseUrl` is where browsers are sent back to. */
export async function startPlatform(baseUrl: string): Promise<Platform> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [BIN, 'sandbox', '--port', '0', '--json', '--only', PLATFORMS.join()], {
    env: { PATH, MOORING_BASE_URL: baseUrl, MOORING_DATA_DIR: temporaryFolder() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const { url, origins, apps } = await said(child)
  const control = async (command?: CommandInput) => {
    const response = await fetch(`${url}/__control`, {
      ...(command
        ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command) }
        : {}),
    })
    if (!response.ok) throw new Error(`control answered ${response.status} ${await response.text()}`)
    return response.json()
  }
  // The limits of platforms would be used up within minutes; waiting for them is another test's.
  await control({
    x: { settings: { limits: { 'x.post-create': PLENTY, 'x.timeline': PLENTY, 'x.upload': PLENTY } } },
    meta: { settings: { postsPerDay: 1_000_000, containersPerDay: 1_000_000, ...CALLS } },
    instagram: {
      settings: { postsPerDay: 1_000_000, containersPerDay: 1_000_000, callsPerHour: MANY, accountCallsPerHour: MANY },
    },
  })
  const met: Record<string, number> = {}
  const replace = async (random: Random | false) => {
    const { randomFaults } = (await control()) as { randomFaults: Parameters<typeof count>[1] }
    await control({ faults: { random } })
    count(met, randomFaults)
  }
  return {
    origins,
    apps,
    met,
    disturb: (seed, slow) => replace(slow ? [tarrying(seed), ...failing(seed)] : failing(seed)),
    calm: () => replace(false),
    advance: async (seconds) => void (await control({ clock: { advanceSeconds: seconds } })),
    async ledger() {
      const all = PLATFORMS.map(async (id) => {
        const response = await fetch(`${url}/__control/${id}/ledger`)
        return ((await response.json()) as { posts: LedgerEntry[] }).posts
      })
      return (await Promise.all(all)).flat()
    },
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.kill('SIGTERM')
      }),
  }
}

const MANY = 100_000_000
const PLENTY = { quarter: MANY, appDay: MANY }
const CALLS = { callsPerHour: MANY, userCallsPerHour: MANY, pageCallsPerHour: MANY, instagramCallsPerHour: MANY }

interface Kind {
  kind: string
  when?: string
  status?: number
  ms?: number
}
type Random = Extract<NonNullable<CommandInput['faults']>['random'], readonly unknown[]>

/** The longest that a call is under way at a platform, in ms: longer than a lease. */
export const SLOW_MS = 35_500

/** Few: a caller waits for 20 s each time. */
const tarrying = (seed: number): Random[number] => ({
  ...{ seed, rate: 0.006, endpoint: CREATES },
  kinds: [
    { kind: 'slow', when: 'before', ms: SLOW_MS },
    { kind: 'slow', when: 'after', ms: SLOW_MS },
    { kind: 'hang', when: 'before' },
    { kind: 'hang', when: 'after' },
  ],
})

/** The first rule that is drawn counts. */
const failing = (seed: number): Random => [
  {
    ...{ seed: seed + 1, rate: 0.12, endpoint: CREATES },
    kinds: [
      { kind: 'gateway', status: 503, when: 'before' },
      { kind: 'gateway', status: 502, when: 'after' },
      { kind: 'gateway', status: 500, when: 'after' },
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'after' },
      { kind: 'reset', when: 'during' },
      { kind: 'truncate' },
      { kind: 'slow', when: 'after', ms: 3000 },
    ],
  },
  {
    ...{ seed: seed + 2, rate: 0.06, endpoint: OTHERS },
    kinds: [
      { kind: 'gateway', status: 503, when: 'before' },
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'after' },
      { kind: 'truncate' },
    ],
  },
]

function count(
  into: Record<string, number>,
  rules: readonly { kinds: readonly Kind[]; met: readonly number[] }[],
): void {
  for (const { kinds, met } of rules)
    for (const [at, { kind, when, status, ms }] of kinds.entries()) {
      const name = [kind, status, when, ms && `${ms} ms`].filter((one) => one !== undefined).join(' ')
      into[name] = (into[name] ?? 0) + (met[at] ?? 0)
    }
}

async function said(child: ChildProcess): Promise<Pick<Platform, 'origins' | 'apps'> & { url: string }> {
  let text = ''
  for await (const part of child.stdout ?? []) {
    text += String(part)
    if (/^}$/m.test(text)) return JSON.parse(text)
  }
  throw new Error(`the sandbox ended: ${text}`)
}
