import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import type { Step } from './people.ts'
import { type Settings, settingsOf } from './settings.ts'

export type Generation = 'v1' | 'v2'

export const STATUSES = ['OK', 'CONNECTING', 'CREDENTIALS', 'PERMISSIONS', 'STOPPED', 'ERROR'] as const
export type Status = (typeof STATUSES)[number]

/** What a client may say of an account beside who it is. */
export interface Wishes {
  method: 'credentials' | 'cookie'
  country: string | null
  premium: boolean
  disabled: string[]
  /** v2's own, echoed. */
  state: string | null
}

/** An account that is linked. */
export interface Seat {
  id: string
  generation: Generation
  person: string
  name: string
  wishes: Wishes
  createdAt: number
  /** One for each source: messaging, and Sales Navigator where the person has it. */
  sources: Status[]
  metadata: Record<string, unknown>
}

/** An attempt to link an account, or to link it anew. It holds no password. */
export interface Intent {
  /** The account's id. */
  id: string
  generation: Generation
  person: string
  wishes: Wishes
  startedAt: number
  /** What is still asked, the present step first. */
  steps: Step[]
  sentAt: number
  sentAgain: boolean
  wrong: number
  polls: number
  /** Why nothing more can be done with it. */
  over: 'expired' | 'killed' | 'cancelled' | undefined
}

export interface Hook {
  id: string
  generation: Generation
  url: string
  name: string | null
  headers: { key: string; value: string }[]
  /** Empty: every account. */
  accountIds: string[]
  enabled: boolean
  /** v2 alone: what it signs with, and what it is told of. */
  secret: string | null
  triggers: string[]
}

/** Something that is told unasked, until somebody has taken it. */
export interface Delivery {
  id: string
  /** Undefined for the address of a hosted link. */
  hook: string | undefined
  url: string
  headers: { key: string; value: string }[]
  secret: string | null
  body: string
  account: string
  event: string
  dueAt: number
  attempts: number
  state: 'waiting' | 'under way' | 'delivered' | 'given up'
  /** Of the last attempt; 0 where nobody answered. */
  status: number | undefined
}

/** A link to the hosted pages. */
export interface Link {
  token: string
  generation: Generation
  /** The account that is to be linked anew. */
  reconnects: string | undefined
  /** Echoed; v2 calls it `state`. */
  name: string | undefined
  notifyUrl: string | undefined
  success: string | undefined
  failure: string | undefined
  madeAt: number
  expiresAt: number
  used: boolean
  disabled: string[]
  /** The account that is being linked on its page. */
  intent: string | undefined
}

/** An error that the next calls answer with. */
export interface Failure {
  endpoint: string
  type: string
  status?: number | undefined
  times: number
}

export interface State {
  apps: App[]
  seats: Map<string, Seat>
  intents: Map<string, Intent>
  hooks: Map<string, Hook>
  deliveries: Delivery[]
  links: Map<string, Link>
  failures: Failure[]
  /** People whom LinkedIn restricts until control lifts it. */
  restricted: Set<string>
  /** How often a person was told that the service is down. */
  downs: Map<string, number>
  /** Until when a slow sign-in takes, by person. */
  busyUntil: Map<string, number>
  settings: Settings
  issued: number
}

export const createState = ({ settings }: StateOptions<Settings>): State => ({
  apps: readyApps(),
  seats: new Map(),
  intents: new Map(),
  hooks: new Map(),
  deliveries: [],
  links: new Map(),
  failures: [],
  restricted: new Set(),
  downs: new Map(),
  busyUntil: new Map(),
  settings: settingsOf(settings),
  issued: 0,
})

/** The worst of its sources: an account works when all of them do. */
export const statusOf = (seat: Seat): Status => seat.sources.find((one) => one !== 'OK') ?? 'OK'
