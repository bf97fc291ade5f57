/** What Unipile tells unasked, as a row of what is to be sent. `push.ts` sends it. */
import { derived } from '../core/ids.ts'
import type { Delivery, Hook, Link, Seat, State } from './state.ts'

/** The messages of `account_status` (developer.unipile.com, "Account lifecycle"). */
export type Message =
  | 'CREATION_SUCCESS'
  | 'SYNC_SUCCESS'
  | 'RECONNECTED'
  | 'OK'
  | 'CONNECTING'
  | 'CREDENTIALS'
  | 'ERROR'
  | 'STOPPED'
  | 'DELETED'

/** The same in the words of v2, where it has one. */
export const EVENTS: Partial<Record<Message, string>> = {
  CREATION_SUCCESS: 'account.add',
  RECONNECTED: 'account.reconnect',
  DELETED: 'account.remove',
  OK: 'account.status.running',
  ERROR: 'account.status.errored',
  CREDENTIALS: 'account.status.disconnected',
  STOPPED: 'account.status.paused',
}

export function tell(state: State, seat: Seat, message: Message, now: number): void {
  for (const hook of state.hooks.values()) {
    if (hook.generation !== seat.generation || !hook.enabled) continue
    if (hook.accountIds.length > 0 && !hook.accountIds.includes(seat.id)) continue
    const event = seat.generation === 'v1' ? message : EVENTS[message]
    if (event === undefined || (hook.secret !== null && !hook.triggers.includes(event))) continue
    const id = `evt_${derived(20, String(state.issued), hook.id, event)}`
    const body = seat.generation === 'v1' ? statusBody(seat, event) : eventBody(id, seat, event)
    for (let copy = 0; copy <= state.settings.webhookCopies; copy += 1)
      send(state, { id, body, event, account: seat.id, ...addressOf(hook) }, now)
  }
}

/** Enough for any test, and no leak for a sandbox that stays up for weeks. */
const KEPT = 2000

/** Puts something on its way. */
export function send(state: State, what: Omit<Delivery, 'dueAt' | 'attempts' | 'state' | 'status'>, now: number): void {
  state.issued += 1
  const dueAt = now + state.settings.webhookLate * 1000
  if (state.deliveries.length >= KEPT) state.deliveries.shift()
  state.deliveries.push({ ...what, dueAt, attempts: 0, state: 'waiting', status: undefined })
}

/** Whoever made a link to the hosted pages is told what came of it; of failures nobody is (hosted-auth page). */
export function notify(state: State, link: Link, seat: Seat, again: boolean, now: number): void {
  if (link.notifyUrl === undefined) return
  const event = again ? 'RECONNECTED' : 'CREATION_SUCCESS'
  const body = JSON.stringify({ status: event, account_id: seat.id, name: link.name })
  const headers = [{ key: 'content-type', value: 'application/json' }]
  const what = { id: `notify_${state.issued}`, hook: undefined, url: link.notifyUrl, headers, secret: null }
  send(state, { ...what, body, account: seat.id, event }, now)
}

const addressOf = ({ id: hook, url, headers, secret }: Hook) => ({ hook, url, headers, secret })

const statusBody = (seat: Seat, message: string): string =>
  JSON.stringify({ AccountStatus: { account_id: seat.id, account_type: 'LINKEDIN', message } })

/** The envelope is as a client of v2 reads it; no document that was seen shows it whole. */
const eventBody = (id: string, seat: Seat, type: string): string =>
  JSON.stringify({
    id,
    type,
    account_id: seat.id,
    account_provider: 'linkedin',
    payload: { ...(seat.wishes.state !== null && { state: seat.wishes.state }) },
  })
