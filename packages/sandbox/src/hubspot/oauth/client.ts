import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { appOf, type State } from '../state.ts'
import type { Refuse } from './errors.ts'

const wrong = (message: string, http?: number) => ({
  ...{ error: 'invalid_request', status: 'BAD_REQUEST', message },
  ...(http === undefined ? {} : { http }),
})

/** Everything is in the body: secrets in addresses are why v1 ends. A header or another type of body holds nothing. */
export function caller(state: State, ask: Ask, refuse: Refuse): { app: App; fields: URLSearchParams } | Answer {
  if (ask.rawQuery !== '') return refuse(wrong('parameters belong into the body'))
  const fields = form(ask)
  if (!fields) return refuse(wrong('Content-Type must be application/x-www-form-urlencoded', 415))
  const twice = repeated(fields)
  if (twice) return refuse(wrong(`${twice} was sent more than once`))
  const app = appOf(state, field(fields, 'client_id'))
  const client = (status: string, message: string) => refuse({ error: 'invalid_client', status, message })
  if (!app) return client('BAD_CLIENT_ID', 'missing or unknown client id')
  if (field(fields, 'client_secret') !== app.clientSecret || app.secretRefused)
    return client('BAD_CLIENT_SECRET', 'missing or invalid client secret')
  return { app, fields }
}
