import type { Answer, Ask } from '../../core/ask.ts'
import { settle } from '../senders/logins.ts'
import type { World } from '../world.ts'
import { tooMany, unauthorized } from './errors.ts'

/** Of a key, across all endpoints (heyreach-cli, README). */
const MOST = 300
export const MINUTE_MS = 60_000

/** Everything that stands before an answer: the key, and how often it was used. */
export function passGate({ state, clock }: World, ask: Ask, answer: (now: number) => Answer): Answer {
  const key = ask.headers.get('x-api-key')
  const app = state.apps.find((one) => one.clientSecret === key)
  if (!app || app.secretRefused) return unauthorized()
  const now = clock.now()
  const calls = (state.usage.get(app.clientId) ?? []).filter((at) => at > now - MINUTE_MS)
  if (calls.length >= MOST) return tooMany(state.settings, (calls[0] ?? now) + MINUTE_MS - now)
  state.usage.set(app.clientId, [...calls, now])
  settle(state, now)
  return answer(now)
}
