import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, createBrowser } from './browser.ts'
import { type Control, createControl } from './control/control.ts'
import { dashboard } from './control/dashboard.ts'
import { addControl } from './control/route.ts'
import { createClock } from './core/clock.ts'
import { createFaults } from './core/faults.ts'
import { createJournal } from './core/journal.ts'
import { type Listening, listen } from './core/listen.ts'
import type { Outage } from './core/outage.ts'
import { addOrigin, send } from './core/serve.ts'
import { type AnySimulator, type Player, play, type ReadyApp } from './core/simulator.ts'

import { keepState } from './keep.ts'
import { type PlatformId, platformIds, type SettingsOf, simulators } from './platforms.ts'

/** How a platform behaves where reports differ, by its name; see the READMEs. */
export type PlatformSettings = { [Id in PlatformId]?: SettingsOf<Id> }

export interface SandboxOptions extends PlatformSettings {
  /** The port of the front page; 0 or absent for any free one. */
  port?: number
  /** The first port of the platforms, which take consecutive ones in the order of `origins`. Absent: the ports after `port`, or free ones. */
  basePort?: number
  /** The address to listen on; 127.0.0.1 unless told. */
  host?: string
  /** One line a request. No secret is in it. */
  log?: (line: string) => void
  /** Only these platforms are played; all unless told. */
  only?: readonly PlatformId[]
  /** Redirect URIs of the ready-made apps, by registration. */
  redirectUris?: Record<string, readonly string[]>
  /** Where the platforms post what they tell unasked, by registration and the provider's own name for it. */
  pushUrls?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Where consents, tokens and signed-in browsers are kept from one start to the next. Absent: in memory only. */
  stateFile?: string
}

export interface SandboxApp {
  provider: PlatformId
  registration: string
  name: string
  clientId: string
  /** Empty for a public client, which has none. */
  clientSecret: string
  scopes: string[]
}

export interface Sandbox {
  url: string
  /** Real origin to sandbox origin. */
  origins: Record<string, string>
  apps: SandboxApp[]
  control: Control
  /** A browser without a screen: follows consent pages as a person would. Each has its own cookies. */
  browser(): Browser
  stop(): Promise<void>
}

const handedOut = (player: Player): SandboxApp[] =>
  player.apps().map(({ registration, name, clientId, clientSecret = '', scopes }: ReadyApp) => ({
    provider: player.id as PlatformId,
    ...{ registration, name, clientId, clientSecret, scopes: [...scopes] },
  }))

const firstPlatformPort = ({ port = 0, basePort }: SandboxOptions): number => basePort ?? (port === 0 ? 0 : port + 1)

/** How often platforms look at what is due without a request. */
const BEAT_MS = 100

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, log = () => {} } = options
  const clock = createClock()
  const journal = createJournal()
  const faults = createFaults()
  const outage: { now: Outage } = { now: undefined }
  const origins: Record<string, string> = {}
  const players = (options.only ?? platformIds).map((id) => {
    const { redirectUris = {}, pushUrls = {} } = options
    const stateOptions = { redirectUris, pushUrls, settings: options[id] ?? {} }
    return play(id, simulators[id] as AnySimulator, stateOptions, { clock, origins })
  })
  const keeper = options.stateFile === undefined ? undefined : keepState(options.stateFile, players, log)
  const touch = () => keeper?.touch()
  const reset = () => {
    for (const player of players) player.reset()
    clock.reset()
    faults.clear()
    journal.reset()
    outage.now = undefined
    touch()
  }
  const control = createControl({ players, clock, journal, faults, outage, reset, touch })
  const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms).unref())
  const serving = { clock, journal, faults, outage: () => outage.now, sleep, log, touch }

  const open: Listening[] = []
  const own: string[] = []
  const beat = setInterval(() => {
    for (const player of players) if (player.beat()) touch()
  }, BEAT_MS).unref()
  const stop = async () => {
    clearInterval(beat)
    await Promise.all(open.splice(0).map((one) => one.close()))
    keeper?.close()
  }
  const start = async (at: number, fill: (app: Hono<{ Bindings: HttpBindings }>) => void = () => {}) => {
    const app = new Hono<{ Bindings: HttpBindings }>()
    addControl(app, { control, players, own: () => own, host })
    app.get('/', (c) => {
      const { clock: at, faults: waiting, randomFaults: random } = control.state()
      const facts = { players, origins, now: at.now, frozen: at.frozen, outage: outage.now, faults: waiting, random }
      return send(c, dashboard({ ...facts, log: journal.entries, said: c.req.query('said') }))
    })
    fill(app)
    const listening = await listen(app, host, at)
    open.push(listening)
    own.push(listening.origin)
    return listening.origin
  }
  try {
    const url = await start(port)
    let next = firstPlatformPort(options)
    const platforms = players.map(({ platform }) => platform)
    for (const origin of new Set(platforms.flatMap((one) => one.origins))) {
      const there = platforms.filter((one) => one.origins.includes(origin))
      origins[origin] = await start(next, (app) => addOrigin(app, there, origin, serving))
      if (next !== 0) next += 1
    }
    return {
      url,
      origins,
      apps: players.flatMap(handedOut),
      control,
      browser: () => createBrowser(origins),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
