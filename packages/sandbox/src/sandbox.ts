import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, createBrowser } from './browser.ts'
import { type Control, createControl } from './control/control.ts'
import { addControl } from './control/route.ts'
import { createClock } from './core/clock.ts'
import { createFaults } from './core/faults.ts'
import { createJournal } from './core/journal.ts'
import { type Listening, listen } from './core/listen.ts'
import type { Outage } from './core/outage.ts'
import type { Platform } from './core/route.ts'
import { addOrigin, send } from './core/serve.ts'
import { frontPage } from './front-page.ts'
import { keepState } from './keep.ts'
import { createSigningKey } from './linkedin/oauth/id-token.ts'
import { SESSION_PATH } from './linkedin/oauth/session-page.ts'
import { WWW } from './linkedin/origins.ts'
import { linkedinPlatform } from './linkedin/platform.ts'
import type { Settings } from './linkedin/settings.ts'
import { createState, resetState } from './linkedin/state.ts'
import { xPlatform } from './x/platform.ts'
import type { Settings as XSettings } from './x/settings.ts'
import { createState as createXState, resetState as resetXState } from './x/state.ts'

export interface SandboxOptions {
  /** The port of the front page; 0 or absent for any free one. */
  port?: number
  /** The first port of the platforms, which take consecutive ones in the order of `origins`. Absent: the ports after `port`, or free ones. */
  basePort?: number
  /** The address to listen on; 127.0.0.1 unless told. */
  host?: string
  /** One line a request. No secret is in it. */
  log?: (line: string) => void
  /** Redirect URIs of the ready-made apps, by registration. */
  redirectUris?: Record<string, readonly string[]>
  /** How LinkedIn behaves where reports differ; see the README. */
  linkedin?: Partial<Settings>
  /** The same for X. */
  x?: Partial<XSettings>
  /** Where consents, tokens and signed-in browsers are kept from one start to the next. Absent: in memory only. */
  stateFile?: string
}

export interface SandboxApp {
  provider: 'linkedin' | 'x'
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

type Handed = Omit<SandboxApp, 'provider' | 'clientSecret'> & { clientSecret: string | undefined }

const handedOut = (provider: SandboxApp['provider'], apps: readonly Handed[]): SandboxApp[] =>
  apps.map(({ registration, name, clientId, clientSecret = '', scopes }) => ({
    provider,
    ...{ registration, name, clientId, clientSecret, scopes: [...scopes] },
  }))

const firstPlatformPort = ({ port = 0, basePort }: SandboxOptions): number => basePort ?? (port === 0 ? 0 : port + 1)

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, log = () => {} } = options
  const clock = createClock()
  const journal = createJournal()
  const faults = createFaults()
  const outage: { now: Outage } = { now: undefined }
  const stateOptions = { redirectUris: options.redirectUris ?? {}, settings: options.linkedin ?? {} }
  const linkedin = createState(stateOptions)
  const xOptions = { redirectUris: options.redirectUris ?? {}, settings: options.x ?? {} }
  const x = createXState(xOptions)
  const keeper = options.stateFile === undefined ? undefined : keepState(options.stateFile, { linkedin, x }, log)
  const touch = () => keeper?.touch()
  const origins: Record<string, string> = {}
  const platforms: Platform[] = [
    linkedinPlatform({ state: linkedin, clock, key: createSigningKey(), origins }),
    xPlatform({ state: x, clock, origins }),
  ]
  const reset = () => {
    resetState(linkedin, stateOptions)
    resetXState(x, xOptions)
    clock.reset()
    faults.clear()
    journal.reset()
    outage.now = undefined
    touch()
  }
  const control = createControl({
    endpoints: () => platforms.flatMap((one) => one.routes.map((route) => route.endpoint)),
    platforms: () => platforms.map((one) => one.id),
    clock,
    journal,
    faults,
    outage,
    linkedin,
    x,
    reset,
    touch,
  })
  const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms).unref())
  const serving = { clock, journal, faults, outage: () => outage.now, sleep, log, touch }

  const open: Listening[] = []
  const own: string[] = []
  const stop = async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
    keeper?.close()
  }
  const start = async (at: number, fill: (app: Hono<{ Bindings: HttpBindings }>) => void = () => {}) => {
    const app = new Hono<{ Bindings: HttpBindings }>()
    addControl(app, { control, own: () => own, host })
    app.get('/', (c) => {
      const apps = [...linkedin.apps, ...x.apps]
      return send(c, frontPage({ origins, apps, session: `${origins[WWW]}${SESSION_PATH}` }))
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
    for (const platform of platforms) {
      for (const origin of platform.origins) {
        origins[origin] = await start(next, (app) => addOrigin(app, platform, origin, serving))
        if (next !== 0) next += 1
      }
    }
    return {
      url,
      origins,
      apps: [...handedOut('linkedin', linkedin.apps), ...handedOut('x', x.apps)],
      control,
      browser: () => createBrowser(origins),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
