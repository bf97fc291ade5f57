/** The one entry: config in, a handler and its end out. */
import { hostname } from 'node:os'
import { createAudit } from './access/audit.ts'
import { type Authenticate, createHostUsers } from './access/host-users.ts'
import { createKeys } from './access/keys.ts'
import { createPeople } from './access/people.ts'
import { signInMail } from './access/sign-in/mail.ts'
import { createSignIn } from './access/sign-in/sign-in.ts'
import type { Config } from './config.ts'
import { configFault } from './config.ts'
import type { Engine } from './connections/engine.ts'
import { settleRefreshes } from './connections/keep.ts'
import { createPictures } from './connections/pictures/pictures.ts'
import { createApp } from './http/app.ts'
import type { Handler, HttpOptions } from './http/context.ts'
import { type NodeProxy, proxyOnNode } from './http/proxy-node.ts'
import { type Background, startBackground } from './jobs/background.ts'
import { prepareQueues, SCHEMA } from './jobs/queue.ts'
import { tick } from './jobs/tick.ts'
import { createMetrics } from './metrics.ts'
import { enter, type Presence } from './presence.ts'
import type { Registration } from './provider.ts'
import { createBudgets } from './publishing/budgets.ts'
import { type Changes, createChanges } from './publishing/changes.ts'
import { createMedia } from './publishing/media/media.ts'
import { storageOf } from './publishing/media/place.ts'
import type { Publishing } from './publishing/publishing.ts'
import { carryOutDue, startWorker, type Worker } from './publishing/worker.ts'
import { createRuntime, type Log, type Runtime, silent } from './runtime.ts'
import { type DatabaseTarget, openDatabase } from './store/open.ts'
import { createStore } from './store/store.ts'
import { createKeyRing } from './vault/keyring.ts'
import { isOneOf, signatures } from './vault/signature.ts'
import { createVault } from './vault/vault.ts'

export const VERSION = '0.1.0'

/** A platform has 20 s to answer a refresh; what it answered is stored before the process ends. */
const REFRESHES_END_MS = 25_000

export interface MooringOptions {
  config: Config
  database: DatabaseTarget
  /** Keys in Fernet's form, newest first, parted by commas. */
  vaultKeys: string
  /** Instead of the configuration's: what the sandbox plays is among them. */
  registrations?: readonly Registration[]
  platformOrigins?: Readonly<Record<string, string>>
  dataDir?: string | undefined
  consoleDir?: string | undefined
  docsDir?: string | undefined
  /** Who is signed in at the host product that Mooring is mounted in. */
  authenticate?: Authenticate | undefined
  /** A key for the command line on this machine, made anew at each start. */
  localKey?: string | undefined
  /** False for who answers a command and goes: it is not among the processes that serve. */
  serves?: boolean | undefined
  /** False: this process takes no part in what runs in the background. Who does not serve never does. */
  background?: boolean | undefined
  log?: Log
  /** For tests: moves the clock, or replaces the whole runtime's parts. */
  runtime?: Partial<Runtime>
}

export interface Mooring {
  /** Takes addresses with the base URL's path, and without it where a host has taken it off. */
  fetch: Handler
  basePath: string
  /** For a host that has Node's own request and answer: what it takes needs no `fetch`, and costs half (see hosts/node.ts). */
  proxy: NodeProxy
  engine: Engine
  publishing: Publishing
  workspace: { id: string; name: string }
  /** A link that signs one browser in, once. */
  signInLink(): Promise<string>
  /** Makes the owner where there is none, before anybody signed in. Returns whether it did. */
  ensureOwner(): Promise<boolean>
  /** Stops answering "ready", waits for refreshes under way (up to 25 s after the drain), then lets go of the database. */
  close(): Promise<void>
  /** Says "not ready" from now on, so that a balancer sends no more, and ends the streams that pages hold open. */
  drain(): void
}

/** Throws MooringError when the configuration, the keys or the database cannot be used. */
export async function createMooring(options: MooringOptions): Promise<Mooring> {
  const { config } = options
  const log = options.log ?? silent
  const base = createRuntime({
    log,
    platformOrigins: options.platformOrigins ?? config.platformOrigins,
    streamIdleMs: config.proxy.idleMs,
    outside: { loopback: config.local, origins: config.webhookOrigins },
  })
  const runtime: Runtime = { ...base, ...options.runtime }
  const ring = createKeyRing(options.vaultKeys)
  const queues = { name: SCHEMA, prepare: prepareQueues }
  const db = await openDatabase({ poolSize: config.databasePool, ...options.database }, log, queues)
  const store = createStore(db)
  let presence: Presence | undefined
  let background: Background | undefined
  let worker: Worker | undefined
  let changes: Changes | undefined
  try {
    // Who mended a refused app restarts: it is tried at once then.
    await store.alerts.retryNow(new Date(runtime.now()))
    const row = await store.workspaces.ensureFirst(runtime.uuid(), 'My workspace')
    const workspace = { id: row.id, name: row.name }
    if (!config.local) await requireOwner(store)
    const registrations = options.registrations ?? config.registrations
    const metrics = createMetrics({
      version: VERSION,
      registrations,
      facts: metricFacts(runtime, store, registrations),
      log,
      process: options.serves,
    })
    const engine: Engine = { runtime, store, vault: createVault(ring), metrics, registrations }
    if (options.serves !== false) {
      const self = { version: VERSION, host: hostname(), pid: process.pid, kids: [...ring.kids] }
      presence = await enter(runtime, store, self)
    }
    const { baseUrl } = config
    const media = createMedia({
      runtime,
      store,
      storage: storageOf(config.media, options.dataDir),
      maxBytes: config.media.maxBytes,
      previewOrigins: config.previewOrigins,
      url: config.media.url,
      sign: (text) => signatures(ring, 'media', text),
    })
    const watched = createChanges(engine)
    changes = watched
    const publishing: Publishing = {
      engine,
      files: media.files,
      budgets: createBudgets(engine),
      changed: watched.tell,
      kick: (of, deliveries) => worker?.kick(of, deliveries),
    }
    if (options.serves !== false && options.background !== false) worker = startWorker(publishing)
    const mail = config.signIn.smtp && signInMail(config.signIn.smtp, log)
    const letters = { runtime, store, baseUrl, send: mail?.send }
    if (options.serves !== false && options.background !== false)
      background = await startBackground(engine, store.foreignSql, {
        perProvider: config.refreshesAtOnce,
        auditDays: config.auditDays,
        tidyFiles: media.tidy,
        letters,
      })
    let drainedAt: number | undefined
    const closing = new AbortController()
    const drain = () => {
      drainedAt ??= runtime.now()
      closing.abort()
    }
    const { vault } = engine
    const signIn = createSignIn({
      runtime,
      store,
      vault,
      workspace: workspace.id,
      baseUrl,
      mail,
      oidc: config.signIn.oidc,
    })
    const audit = createAudit(runtime, store)
    const ticks = signatures(ring, 'tick', baseUrl)
    const http: HttpOptions = {
      engine,
      workspace,
      keys: createKeys(runtime, store, {
        workspace: workspace.id,
        instanceKeys: { 'API key': config.apiKey, 'Command line': options.localKey },
        mode: playsOnly(registrations) ? 'test' : 'live',
      }),
      hostUsers: createHostUsers(runtime, store, options.authenticate, config.jwt),
      signIn,
      audit,
      pictures: createPictures({
        runtime,
        providers: registrations.map((one) => one.provider),
        workspaceExists: async (id) => (await store.workspaces.byId(id)) !== undefined,
        sign: (text) => signatures(ring, 'pictures', text),
      }),
      publishing,
      media,
      changes: watched,
      onboarding: config.onboarding,
      trustProxy: config.trustProxy,
      people: createPeople({ runtime, store, signIn, mail, baseUrl }),
      cookieSecrets: ring.derive('cookies').map((key) => key.toString('base64url')),
      baseUrl,
      returnOrigins: config.returnOrigins,
      startsPerHour: config.startsPerHour,
      proxy: { body: config.proxy.bodyBytes, answer: config.proxy.answerBytes },
      metrics: config.metrics,
      version: VERSION,
      processId: presence?.id,
      dataDir: options.dataDir ?? null,
      development: config.local,
      consoleDir: options.consoleDir,
      docsDir: options.docsDir,
      closing: closing.signal,
      tick: {
        admits: (shown) => isOneOf(shown, ticks),
        run: () =>
          tick(engine, {
            auditDays: config.auditDays,
            tidyFiles: media.tidy,
            letters,
            flush: audit.flush,
            deliver: (most) => carryOutDue(publishing, most),
          }),
      },
    }
    const app = createApp(http)
    return {
      fetch: (request, host) => app.fetch(belowBase(request, config.basePath), host),
      basePath: config.basePath,
      proxy: proxyOnNode(http),
      engine,
      publishing,
      workspace,
      signInLink: () => signIn.newLink(),
      ensureOwner: () => store.access.ensureOwner({ id: runtime.uuid(), name: 'Owner', workspace: workspace.id }),
      drain,
      close: async () => {
        drain()
        const left = () => Math.max(0, (drainedAt ?? 0) + REFRESHES_END_MS - runtime.now())
        changes?.close()
        await Promise.all([background?.stop(left()), worker?.stop(left())])
        await settleRefreshes(engine, left())
        await presence?.leave()
        await audit.close()
        await signIn.close()
        await store.close()
      },
    }
  } catch (error) {
    changes?.close()
    await worker?.stop(0)
    await background?.stop(0)
    await presence?.leave()
    await store.close()
    throw error
  }
}

/** The same request without the path at which a host has us. */
function belowBase(request: Request, basePath: string): Request {
  if (basePath === '') return request
  const url = new URL(request.url)
  if (!url.pathname.startsWith(`${basePath}/`)) return request
  url.pathname = url.pathname.slice(basePath.length)
  return new Request(url, request)
}

/** Nothing that is done here reaches a real account. */
function playsOnly(registrations: readonly Registration[]): boolean {
  const ready = registrations.filter((one) => one.client)
  return ready.length > 0 && ready.every((one) => one.simulated)
}

/** A server that others can reach must belong to somebody before it answers. */
async function requireOwner(store: ReturnType<typeof createStore>): Promise<void> {
  if (await store.access.owner()) return
  throw configFault([
    {
      variable: 'MOORING_BASE_URL',
      problem: 'can be reached by others, and this server has no owner yet',
      mend: 'Run `npx mooring owner` with the same settings first: it makes the owner.',
    },
  ])
}

/** What a scrape asks of the database. */
function metricFacts(runtime: Runtime, store: ReturnType<typeof createStore>, registrations: readonly Registration[]) {
  const ids = registrations.filter((one) => one.client).map((one) => one.id)
  return {
    async due() {
      const now = new Date(runtime.now())
      const [backlog, oldest] = await Promise.all([store.due.backlog(ids, now), store.due.oldest(ids, now)])
      return new Map(ids.map((id) => [id, { backlog: backlog.get(id) ?? 0, oldest: oldest.get(id)?.getTime() }]))
    },
    alerts: async () => (await store.alerts.open()).map((one) => one.registration),
    pool: store.pool,
    now: runtime.now,
  }
}
