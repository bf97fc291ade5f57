/** Linking an account: one engine behind v1, v2 and the hosted pages. It says what happened; they say it in their words. */
import { opaque } from '../core/ids.ts'
import {
  CODE,
  CODE_AGAIN,
  PASSWORD,
  type Person,
  personByCookie,
  personByLogin,
  personOf,
  type Step,
} from './people.ts'
import { link } from './seats.ts'
import type { Generation, Intent, Link, Seat, State, Wishes } from './state.ts'

export type Refusal =
  | 'wrong-credentials'
  | 'another-person'
  | 'already-linked'
  | 'restricted'
  | 'limited'
  | 'down'
  | 'running'
  | 'captcha'
  | 'wrong-code'
  | 'killed'
  | 'expired'
  | 'cancelled'
  | 'unknown'
  | 'too-soon'
  | 'nothing-to-send'

export type Outcome =
  | { kind: 'linked'; seat: Seat; again: boolean; afterMs: number }
  | { kind: 'asks'; intent: Intent; step: Step }
  | { kind: 'refused'; why: Refusal }

export type Credentials = { username: string; password: string } | { cookie: string }

export interface Start {
  generation: Generation
  credentials: Credentials
  wishes: Wishes
  /** The account that is to be linked anew. */
  seat?: Seat | undefined
  /** The link to the hosted pages on which it happens. */
  link?: Link | undefined
}

/** The whole attempt: what is sent again does not make it longer. */
export const INTENT_MS = 5 * 60 * 1000
/** Until then who comes too late is told so. */
const FORGOTTEN_MS = 60 * 60 * 1000
export const TRY_ANOTHER_WAY = 'TRY_ANOTHER_WAY'
/** Times that a service which is down says so. */
const DOWN_TIMES = 2

const refused = (why: Refusal): Outcome => ({ kind: 'refused', why })

const running = (state: State, generation: Generation, person: Person): Intent | undefined =>
  [...state.intents.values()].find(
    (one) => one.generation === generation && one.person === person.key && one.over === undefined,
  )

export function start(
  state: State,
  { generation, credentials, wishes, seat, link: page }: Start,
  now: number,
): Outcome {
  const byCookie = 'cookie' in credentials
  const person = byCookie ? personByCookie(credentials.cookie) : personByLogin(credentials.username)
  if (!person) return refused('wrong-credentials')
  const busy = running(state, generation, person)
  if ((busy && state.settings.secondIntent === 'refused') || now < (state.busyUntil.get(person.key) ?? 0))
    return refused('running')
  if (!byCookie && credentials.password !== PASSWORD) return refused('wrong-credentials')
  const hindered = hindrance(state, person)
  if (hindered) return refused(hindered)
  if (seat && seat.person !== person.key) return refused('another-person')
  if (!seat && generation === 'v2' && state.settings.alreadyThere === 'refused' && seatOf(state, generation, person))
    return refused('already-linked')
  if (busy) busy.over = 'cancelled'
  const steps = byCookie ? [] : [...person.steps]
  if (steps[0]?.type === 'CAPTCHA' && generation === 'v1' && !page && state.settings.captcha === 'refused')
    return refused('captcha')
  const id = seat?.id ?? (generation === 'v1' ? opaque(22) : opaque(26, 'acc_'))
  const intent: Intent = {
    ...{ id, generation, person: person.key, wishes, startedAt: now, steps },
    ...{ sentAt: now, sentAgain: false, wrong: 0, polls: 0, over: undefined },
  }
  state.intents.set(id, intent)
  if (page) page.intent = id
  return proceed(state, intent, now)
}

const seatOf = (state: State, generation: Generation, person: Person): Seat | undefined =>
  [...state.seats.values()].find((one) => one.generation === generation && one.person === person.key)

function hindrance(state: State, person: Person): Refusal | undefined {
  if (person.fate === 'restricted' || state.restricted.has(person.key)) return 'restricted'
  if (person.fate === 'limited') return 'limited'
  if (person.fate !== 'down') return undefined
  const times = (state.downs.get(person.key) ?? 0) + 1
  if (times > DOWN_TIMES) state.downs.delete(person.key)
  else state.downs.set(person.key, times)
  return times > DOWN_TIMES ? undefined : 'down'
}

function proceed(state: State, intent: Intent, now: number): Outcome {
  const [step] = intent.steps
  if (step) return { kind: 'asks', intent, step }
  const again = state.seats.has(intent.id)
  const afterMs = personOf(intent.person)?.fate === 'slow' ? state.settings.slowMs : 0
  if (afterMs > 0) state.busyUntil.set(intent.person, now + afterMs)
  return { kind: 'linked', seat: link(state, intent, now), again, afterMs }
}

/** The attempt of an account, or why nothing can be done with it. */
export function current(state: State, id: string, generation: Generation, now: number): Intent | Refusal {
  const intent = state.intents.get(id)
  if (!intent || intent.generation !== generation) return 'unknown'
  expire(intent, now)
  return intent.over ?? intent
}

const expire = (intent: Intent, now: number): void => {
  if (intent.over === undefined && now >= intent.startedAt + INTENT_MS) intent.over = 'expired'
}

export function solve(state: State, id: string, generation: Generation, code: string, now: number): Outcome {
  const intent = current(state, id, generation, now)
  if (typeof intent === 'string') return refused(intent)
  if (state.restricted.has(intent.person)) return refused('restricted')
  const [step] = intent.steps
  if (!step) return refused('unknown')
  if (personOf(intent.person)?.fate === 'dies') return kill(intent)
  if (step.type === 'CAPTCHA') return refused('captcha')
  const codeHere = step.type === 'IN_APP_VALIDATION' && step.otherWay && generation === 'v2'
  if (step.type === 'IN_APP_VALIDATION' && !codeHere) return anotherWay(state, intent, step, code, now)
  if (!isRight(intent, step, code)) {
    intent.wrong += 1
    return intent.wrong < state.settings.tries ? refused('wrong-code') : kill(intent)
  }
  return pass(state, intent, now)
}

function kill(intent: Intent): Outcome {
  intent.over = 'killed'
  return refused('killed')
}

/** The present step is done. */
export function pass(state: State, intent: Intent, now: number): Outcome {
  intent.steps.shift()
  Object.assign(intent, { sentAt: now, sentAgain: false, wrong: 0 })
  return proceed(state, intent, now)
}

/** Nothing is typed while the person is to approve; v1 can be asked for a code instead. */
function anotherWay(
  state: State,
  intent: Intent,
  step: Step & { type: 'IN_APP_VALIDATION' },
  code: string,
  now: number,
): Outcome {
  if (intent.generation === 'v2' && state.settings.inAppPoll === 'repeats') return { kind: 'asks', intent, step }
  if (intent.generation === 'v2' || code !== TRY_ANOTHER_WAY || !step.otherWay) return refused('wrong-code')
  intent.steps[0] = { type: 'OTP' }
  intent.sentAt = now
  return proceed(state, intent, now)
}

/** A phone number has its dial code in brackets (reference of "solve a checkpoint"). */
const PHONE = /^\(\+\d{1,3}\)\d{6,14}$/

function isRight(intent: Intent, step: Step, code: string): boolean {
  if (step.type === 'PHONE_REGISTER') return PHONE.test(code)
  return code === (step.type === 'OTP' && intent.sentAgain ? CODE_AGAIN : CODE)
}

export function resend(state: State, id: string, generation: Generation, now: number): Intent | Refusal {
  const intent = current(state, id, generation, now)
  if (typeof intent === 'string') return intent
  if (intent.steps[0]?.type !== 'OTP') return 'nothing-to-send'
  if (now < intent.sentAt + state.settings.resendAfter * 1000) return 'too-soon'
  Object.assign(intent, { sentAt: now, sentAgain: true })
  return intent
}

/** Somebody looks at an account that is being linked. */
export function look(state: State, id: string): void {
  const intent = state.intents.get(id)
  if (intent) intent.polls += 1
}

/** What time alone brings about. True when something changed. */
export function settle(state: State, now: number): boolean {
  let changed = false
  for (const intent of state.intents.values()) {
    if (now >= intent.startedAt + FORGOTTEN_MS) state.intents.delete(intent.id)
    if (intent.over !== undefined) continue
    expire(intent, now)
    const step = intent.steps[0]
    if (intent.over !== undefined) changed = true
    else if (step?.type === 'IN_APP_VALIDATION' && step.byItself && approves(state, intent, now)) {
      pass(state, intent, now)
      changed = true
    }
  }
  return changed
}

function approves({ settings }: State, intent: Intent, now: number): boolean {
  if (settings.approvalPolls !== null) return intent.polls >= settings.approvalPolls
  return now >= intent.startedAt + settings.approvalAfter * 1000
}
