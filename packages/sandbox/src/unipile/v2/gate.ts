import type { Answer, Ask } from '../../core/ask.ts'
import { takeFailure } from '../failures.ts'
import { settle } from '../intents.ts'
import type { World } from '../world.ts'
import { failed } from './errors.ts'

/** What stands before every call of v2: its own key, and nothing of v1. No key and a wrong one have types of their own, as seen. */
export function gate(world: World, endpoint: string, ask: Ask, answer: () => Answer): Answer {
  const { state, clock } = world
  const key = ask.headers.get('x-api-key')
  if (!key) return failed('api/missing_authorization', 'Send the API key as X-API-KEY.')
  const app = state.apps.find((one) => one.generation === 'v2' && one.clientSecret === key)
  if (!app || app.secretRefused) return failed('api/invalid_credentials', 'The API key is not valid.')
  settle(state, clock.now())
  const failure = takeFailure(state, endpoint)
  if (failure)
    return failed(failure.type, 'As control had it.', failure.status === undefined ? {} : { status: failure.status })
  return answer()
}
