import type { Answer, Ask } from '../../core/ask.ts'
import { takeFailure } from '../failures.ts'
import { settle } from '../intents.ts'
import type { World } from '../world.ts'
import { failed } from './errors.ts'

/** What stands before every call of v1: its own key, and nothing of v2. A wrong key is answered as none is (ALwrity #765). */
export function gate(world: World, endpoint: string, ask: Ask, answer: (ask: Ask) => Answer): Answer {
  const { state, clock } = world
  const key = ask.headers.get('x-api-key')
  const app = state.apps.find((one) => one.generation === 'v1' && one.clientSecret === key)
  if (!app || app.secretRefused) return failed('missing_credentials')
  settle(state, clock.now())
  const failure = takeFailure(state, endpoint)
  if (failure)
    return failed(
      failure.type.replace('errors/', ''),
      'As control had it.',
      failure.status === undefined ? {} : { status: failure.status },
    )
  return answer(ask)
}
