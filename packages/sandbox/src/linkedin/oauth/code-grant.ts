import { createHash } from 'node:crypto'
import { type Answer, field } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { type Code, grantOf, type State } from '../state.ts'
import { isAnswer, judgeClient } from './client.ts'
import { clientRefused, codeMismatch, codeNotFound, missing } from './errors.ts'

/** Microsoft Learn: authorization-code-flow. */
const CODE_MS = 30 * 60 * 1000

const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** A native app shows a verifier and no secret; every other client shows a secret and no verifier. */
function judgeCaller(fields: URLSearchParams, state: State): App | Answer {
  const verifier = field(fields, 'code_verifier')
  const app = state.apps.find((known) => known.clientId === field(fields, 'client_id'))
  const native = state.codes.get(field(fields, 'code') ?? '')?.challenge !== undefined
  if (app?.nativePkce && native) {
    if (field(fields, 'client_secret')) return clientRefused()
    return verifier ? app : missing('code_verifier')
  }
  const client = judgeClient(fields, state.apps)
  // A verifier on the standard flow looks like a wrong secret (executor issue 2087, next-auth issue 8831).
  return !isAnswer(client) && fields.has('code_verifier') ? clientRefused() : client
}

/** Whether this request may have tokens for its code. Takes nothing and writes nothing. */
export function judgeCode(fields: URLSearchParams, state: State, now: number): Code | Answer {
  const absent = ['code', 'redirect_uri'].find((name) => !field(fields, name))
  if (absent) return missing(absent)
  const app = judgeCaller(fields, state)
  if (isAnswer(app)) return app
  const code = state.codes.get(field(fields, 'code') ?? '')
  if (!code) return codeNotFound()
  if (code.clientId !== app.clientId) return codeMismatch()
  if (code.redirectUri !== field(fields, 'redirect_uri')) return codeMismatch('invalid_redirect_uri')
  if (code.challenge !== undefined && code.challenge !== s256(field(fields, 'code_verifier') ?? ''))
    return codeMismatch()
  if (code.used || now >= code.createdAt + CODE_MS) return codeMismatch()
  // The member took the consent back in between.
  if (!grantOf(state, code.clientId, code.member)) return codeMismatch()
  return code
}
