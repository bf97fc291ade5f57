import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { appOf, type State } from '../state.ts'
import { missing, noHeader, unknownClient, wrong } from './errors.ts'

export const isAnswer = <T extends object>(value: T | Answer): value is Answer => 'status' in value && 'body' in value

/** Id and secret as the header holds them, to the byte: whoever escaped them more than was needed has sent another secret. */
function basic(ask: Ask): { id: string; secret: string } | undefined {
  const value = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(value ?? '', 'base64').toString('utf8')) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

/** The form of a request to the token or revocation endpoint and the app that sends it. A body of another type holds nothing. */
export function readClient(ask: Ask, state: State): { fields: URLSearchParams; app: App } | Answer {
  const fields = form(ask) ?? new URLSearchParams()
  const twice = repeated(fields)
  if (twice) return wrong(`parameter [${twice}] was repeated.`)
  const shown = basic(ask)
  const named = field(fields, 'client_id')
  const id = named ?? shown?.id
  if (id === undefined) return missing('client_id')
  const app = appOf(state, id)
  if (!app) return unknownClient()
  if (app.clientSecret === undefined) {
    // A public client has nothing to show.
    if (ask.headers.has('authorization') || fields.has('client_secret')) return noHeader()
    return { fields, app }
  }
  // A secret in the body is not looked at (better-auth 2095).
  const right = shown?.id === app.clientId && shown.secret === app.clientSecret && !app.secretRefused
  if (!right) return noHeader()
  if (named === undefined && state.settings.clientIdInBody === 'required') return missing('client_id')
  return { fields, app }
}
