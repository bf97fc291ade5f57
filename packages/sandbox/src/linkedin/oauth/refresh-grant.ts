import { type Answer, field } from '../../core/ask.ts'
import type { RefreshToken, State } from '../state.ts'
import { isAnswer, judgeClient } from './client.ts'
import { clientRefused, missing, refreshRefused } from './errors.ts'

/** Whether this request may have a new access token. Microsoft Learn: programmatic-refresh-tokens. */
export function judgeRefresh(fields: URLSearchParams, state: State, now: number): RefreshToken | Answer {
  if (!field(fields, 'refresh_token')) return missing('refresh_token')
  const found = state.refresh.get(field(fields, 'refresh_token') ?? '')
  const own = found?.native && found.clientId === field(fields, 'client_id') && !field(fields, 'client_secret')
  const app = own ? state.apps.find((known) => known.clientId === found.clientId) : judgeClient(fields, state.apps)
  if (!app) return refreshRefused()
  if (isAnswer(app)) return app
  if (fields.has('code_verifier')) return clientRefused()
  const usable =
    found && found.clientId === app.clientId && !found.revoked && found.expiresAt > now && app.refreshTokens
  return usable ? found : refreshRefused()
}
