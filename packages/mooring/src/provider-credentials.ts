/**
 * The port to a service at which a person signs in to LinkedIn with e-mail and password (a credentials flow). The service
 * holds the session, called a seat; we hold its id. All functions ask by `context.call` alone, which shows the API key.
 */
import type { ApiAnswer, ApiRequest } from './provider.ts'

/**
 * What the service waits for from the person. `code`: a code that was sent or is in their authenticator; `approval`: a tap in
 * the LinkedIn app, no code; `phone`: a phone number, to which a code follows; `hosted`: what only the service's own page can show.
 */
export type CheckpointType = 'code' | 'approval' | 'code_or_approval' | 'phone' | 'hosted'
export type CodeBy = 'sms' | 'email' | 'authenticator' | 'whatsapp' | 'app'

export interface Checkpoint {
  type: CheckpointType
  /** How a code comes, where the service says so. */
  by?: CodeBy | undefined
  /** A new code can be asked for. */
  resend?: boolean | undefined
  /** A code can be had in place of the approval. */
  anotherWay?: boolean | undefined
}

/**
 * Why it went no further. `credentials`: wrong e-mail or password; `code`: a wrong code, which may be tried again; `expired`:
 * the attempt is over, whatever was typed; `locked`: LinkedIn wants the person in a browser; `limited`: too many tries;
 * `unavailable`: nobody answered, nothing was begun; `unsolvable`: not by this API; `other_person`: of a reconnect; `busy`: an
 * attempt is under way there; `too_soon`: for another code; `gone`: no such seat; `taken`: the service has this account already; `operator`: the key is refused; `ours`: a mistake of ours.
 */
export type Refusal =
  | 'credentials'
  | 'code'
  | 'expired'
  | 'locked'
  | 'limited'
  | 'unavailable'
  | 'unsolvable'
  | 'other_person'
  | 'busy'
  | 'too_soon'
  | 'gone'
  | 'taken'
  | 'operator'
  | 'ours'

export interface Refused {
  is: 'refused'
  why: Refusal
  /** The service's own code, for the operator. */
  code?: string | undefined
  /** Seconds until another try makes sense, where the service says so. */
  retryAfter?: number | undefined
}

export type Step =
  | { is: 'connected'; seat: string }
  | {
      is: 'checkpoint'
      /** The service's id of what waits, for the calls that follow. */
      attempt: string
      checkpoint: Checkpoint
    }
  /** Of a poll: nothing new. */
  | { is: 'waiting' }
  | Refused

/** How a seat stands. `ended`: the person must sign in anew; `stopped`: the service may be asked to start it again; `gone`: there is none. */
export type SeatStanding = 'ok' | 'connecting' | 'ended' | 'stopped' | 'gone'

export interface Seat {
  id: string
  label: string
  email?: string | undefined
  /** Its session is good. */
  valid: boolean
}

export interface SeatContext {
  /** One request with the key, judged by nobody. Throws MooringError `provider_unavailable` when nothing answered. */
  call: (request: ApiRequest) => Promise<ApiAnswer>
  /** Which kind of app (`AppKind.id`): one service may have two generations of its API. */
  app: string
  settings: Readonly<Record<string, string>>
}

export interface Credentials {
  username: string
  password: string
}

export interface HostedWanted {
  /** Where the browser comes back to. */
  returnTo: string
  /** Where the service may post how it went. The address bears a secret. */
  notifyUrl: string
  /** Given back by the service with its answer. */
  state: string
  /** The seat that is signed in anew. */
  seat?: string | undefined
  /** In ms since 1970. */
  expiresAt: number
}

export interface CredentialsPort {
  /** The platform whose accounts these are, as people know it: "LinkedIn". */
  platform: string
  /** Origins of the service's own pages, to which people are sent. */
  pages: readonly string[]
  /** The request header that bears the key. */
  keyHeader: string
  /** How long an attempt lives at the service, in seconds. Repeats of a code do not prolong it. */
  attemptSeconds: number
  /** How long after a code another one can be asked for, in seconds. */
  resendSeconds: number
  /** How often a seat's standing is asked for, in seconds. */
  watchSeconds: number
  ways: (
    settings: Readonly<Record<string, string>>,
    app: string,
  ) => { password: boolean; existing: boolean; hosted: boolean }
  /** Said where a person decides to use a way that the service does not document. */
  unverified?: string
  /** The operator keeps passwords, sealed, to sign in again where the service ends a session. */
  keeps: (settings: Readonly<Record<string, string>>) => boolean
  /** Whether the key opens anything: undefined, or why not. */
  checkKey: (context: SeatContext) => Promise<Refused | undefined>
  /** Begins an attempt; with `seat`, signs that one in anew. */
  begin: (context: SeatContext, credentials: Credentials, seat: string | undefined) => Promise<Step>
  /** A code, or a phone number as `(+33)0612345678`. */
  solve: (context: SeatContext, attempt: string, answer: string) => Promise<Step>
  /** Undefined where it was sent. */
  resend?: (context: SeatContext, attempt: string) => Promise<Refused | undefined>
  anotherWay?: (context: SeatContext, attempt: string) => Promise<Step>
  /** Whether an approval came, or a hosted page was finished. */
  poll: (context: SeatContext, attempt: string) => Promise<Step>
  hosted?: (context: SeatContext, wanted: HostedWanted) => Promise<{ url: string } | Refused>
  /** The seat in what the service posts to `notifyUrl`; undefined where it tells of none. Nothing of it is believed but the id, which is asked for. Pure. */
  hostedSeat?: (body: unknown) => string | undefined
  seats?: (context: SeatContext) => Promise<Seat[] | Refused>
  standing: (context: SeatContext, seat: string) => Promise<SeatStanding | Refused>
  restart?: (context: SeatContext, seat: string) => Promise<Refused | undefined>
  /** Ends the seat at the service. `gone` counts as done. Undefined where it is ended. */
  remove?: (context: SeatContext, seat: string) => Promise<Refused | undefined>
  /** Has the service post to `url`, with `secret` in the header `Mooring-Secret`, when a seat's standing changes; asked once more, it changes nothing. */
  announce?: (context: SeatContext, url: string, secret: string) => Promise<Refused | undefined>
}

export const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && (value as { is?: unknown }).is === 'refused'
