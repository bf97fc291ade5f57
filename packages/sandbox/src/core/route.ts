import type { LedgerEntry } from '../control/ledger.ts'
import type { Answer, Ask } from './ask.ts'

export interface Route {
  /** `platform.thing`: the name faults and counters go by. */
  endpoint: string
  /** Which real origin serves it. */
  origin: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `:name` for one path segment. */
  path: string
  /** Taken only where the query's `action` is this: Rest.li has several at one address. */
  action?: string
  /** False where a GET does something, so that a HEAD is refused and not run for nothing. */
  head?: boolean
  /** The path holds a secret: the log and the journal show its pattern. */
  secretPath?: boolean
  /** Largest body in bytes; 64 KiB unless told. */
  maxBody?: number
  /** The body is not read before the judge: it comes as `ask.stream`, however large it is. */
  streams?: boolean
  /** A judge that fetches something itself answers later. */
  answer(ask: Ask): Answer | Promise<Answer>
}

/** One simulated platform, as the shared parts see it. */
export interface Platform {
  id: string
  /** The real origins, in the order in which they get ports. */
  origins: string[]
  routes: Route[]
  notFound(ask: Ask): Answer
  methodNotAllowed(ask: Ask, allowed: string[]): Answer
  /** The platform's own body for a throttled call. */
  throttled(level: 'application' | 'member'): Answer
  /** All that was published and could be seen, deleted things too, oldest first. Absent where nothing can be published. */
  ledger?: () => readonly LedgerEntry[]
  /** Where people see what the ledger calls so, at the real origin. Undefined where it has no page of its own. */
  permalink?: (id: string) => string | undefined
}
