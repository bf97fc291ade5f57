import { field, repeated } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { isPermission } from '../scopes.ts'
import { isRegistered } from './redirect-uri.ts'

export interface DialogRequest {
  app: App
  redirectUri: string
  permissions: string[]
  state: string | undefined
  /** A configuration is given whole or not at all. */
  whole: boolean
  /** Ask again for what was declined. */
  again: boolean
}

/** The request, or what the dialog's error page says: Facebook sends nobody back from a request that is wrong. */
export function judgeDialog(query: URLSearchParams, apps: readonly App[]): DialogRequest | string {
  const twice = repeated(query)
  if (twice) return `The parameter ${twice} was sent more than once.`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'Invalid App ID: The provided app ID does not look like a valid app ID.'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris))
    return "URL blocked: This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings."
  const type = field(query, 'response_type') ?? 'code'
  if (type !== 'code') return 'The simulated dialog knows the response_type "code" alone.'
  const asked = permissionsIn(query, app)
  if (typeof asked === 'string') return asked
  return {
    app,
    redirectUri,
    state: field(query, 'state'),
    again: field(query, 'auth_type') === 'rerequest',
    ...asked,
  }
}

function permissionsIn(query: URLSearchParams, app: App): { permissions: string[]; whole: boolean } | string {
  const config = field(query, 'config_id')
  // Comma or space.
  const scope = [...new Set((field(query, 'scope') ?? '').split(/[\s,]+/).filter(Boolean))]
  const foreign = scope.find((one) => !isPermission(one) || !app.permissions.includes(one))
  if (foreign !== undefined) return `Invalid Scopes: ${foreign}. This message is only shown to developers.`
  if (config === undefined) {
    if (app.configurations.length > 0) return 'Facebook Login for Business: this app needs a config_id.'
    return { permissions: [...new Set(['public_profile', ...scope])], whole: false }
  }
  const found = app.configurations.find((one) => one.id === config)
  if (!found) return 'Invalid configuration: this app has no such config_id.'
  // What the configuration does not hold is taken back at once.
  return { permissions: [...new Set(['public_profile', ...found.permissions])], whole: true }
}
