/** What every route can reach. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Audit } from '../access/audit.ts'
import type { HostUsers } from '../access/host-users.ts'
import type { Keys } from '../access/keys.ts'
import type { People } from '../access/people.ts'
import type { Principal } from '../access/principal.ts'
import type { SignIn } from '../access/sign-in/sign-in.ts'
import type { Engine } from '../connections/engine.ts'
import type { Pictures } from '../connections/pictures/pictures.ts'
import type { ProxyLimits } from '../connections/proxy.ts'
import type { StartRules } from '../flows/start.ts'
import type { Step } from '../onboarding.ts'
import type { Changes } from '../publishing/changes.ts'
import type { Media } from '../publishing/media/media.ts'
import type { Publishing } from '../publishing/publishing.ts'

export interface HttpOptions extends StartRules {
  engine: Engine
  keys: Keys
  hostUsers: HostUsers
  signIn: SignIn
  people: People
  audit: Audit
  pictures: Pictures
  publishing: Publishing
  /** Files of posts. */
  media: Media
  /** Posts that change. */
  changes: Changes
  /** The first steps of a workspace. */
  onboarding: readonly Step[]
  /** Proxies of the operator's in front, whose word on a client's address counts. */
  trustProxy: number
  workspace: { id: string; name: string }
  /** Signs cookies; the first signs, all are accepted. */
  cookieSecrets: readonly string[]
  version: string
  /** This process among those that serve; undefined for one that answers a command and goes. */
  processId: string | undefined
  dataDir: string | null
  /** Shows operators' details to signed-in people. */
  development: boolean
  /** The folder of the built console, if it is served. */
  consoleDir: string | undefined
  /** The folder of the guides, if they are served. */
  docsDir: string | undefined
  proxy: ProxyLimits
  /** Who may read /metrics: whoever reaches it, an API key with `metrics:read`, nobody. */
  metrics: 'open' | 'key' | 'off'
  /** The background's work by request. */
  tick: { admits: (shown: string) => boolean; run: () => Promise<Ticked> }
  /** The server is closing: readiness says no, and answers that go on and on end. */
  closing: AbortSignal
}

/** What a tick did. */
export interface Ticked {
  looked: Record<string, number>
  letters: number
  webhooks: number
  deliveries: number
  more: boolean
}

export type Handler = (request: Request, host?: Vars['Bindings']) => Response | Promise<Response>

export interface Vars {
  /** What a host may hand over beside the request: what already stands against it (see proxy-node.ts), and Node's own request. */
  Bindings: { fault?: unknown; incoming?: { socket: { remoteAddress?: string | undefined } } }
  Variables: {
    requestId: string
    principal?: Principal | undefined
    /** The person whose session it is, on the routes of oneself. */
    self?: string | undefined
    /** Who came in by this request, for the audit. */
    entered?: { id: string; name: string; workspace?: string | undefined } | undefined
    /** Why a browser that is sent on was refused all the same, for the audit. */
    denied?: string | undefined
    /** What was done, where the route alone does not say it. */
    deed?: string | undefined
    /** What was made, for the audit. */
    target?: string | undefined
    /** What it is called, for the audit. */
    targetLabel?: string | undefined
    /** The answer bears all headers already. */
    enveloped?: boolean | undefined
    /** Where the person of a connect session came from. */
    sessionReturn?: string | undefined
  }
}

export type App = OpenAPIHono<Vars>
