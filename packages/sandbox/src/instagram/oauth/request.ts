import { field, repeated } from '../../core/ask.ts'
import { isRegistered } from '../../graph/redirect-uri.ts'
import type { App } from '../apps.ts'
import { BASIC, isPermission } from '../scopes.ts'
import type { Settings } from '../settings.ts'

export interface WindowRequest {
  app: App
  redirectUri: string
  permissions: string[]
  state: string | undefined
  /** Who is signed in already has to do it again. */
  force: boolean
}

const FLAGS = ['0', '1', 'true', 'false']

/** The request, or what Instagram's error page says: nobody is sent back from a request that is wrong. */
export function judgeWindow(
  query: URLSearchParams,
  apps: readonly App[],
  { loopback }: Pick<Settings, 'loopback'>,
): WindowRequest | string {
  const wrong = (what: string) => `Invalid Request: Request parameters are invalid: ${what}`
  const twice = repeated(query)
  if (twice) return wrong(`${twice} was sent more than once`)
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return wrong('Invalid platform app')
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris, loopback)) return wrong('Invalid redirect_uri')
  if (field(query, 'response_type') !== 'code') return wrong('response_type must be "code"')
  for (const flag of ['enable_fb_login', 'force_authentication', 'force_reauth'])
    if (query.has(flag) && !FLAGS.includes(query.get(flag) ?? '')) return wrong(flag)
  // Commas alone.
  const permissions = [...new Set((field(query, 'scope') ?? '').split(',').filter(Boolean))]
  const foreign = permissions.find((one) => !isPermission(one) || !app.permissions.includes(one))
  if (foreign !== undefined) return wrong(`Invalid scope: ${foreign}`)
  if (!permissions.includes(BASIC)) return wrong(`Invalid scope: ${BASIC} is needed`)
  const force = ['1', 'true'].includes(query.get('force_authentication') ?? query.get('force_reauth') ?? '')
  return { app, redirectUri, permissions, state: field(query, 'state'), force }
}
