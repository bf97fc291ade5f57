import { field, repeated } from '../../core/ask.ts'
import { isRegistered } from '../../graph/redirect-uri.ts'
import type { App, Configuration } from '../apps.ts'
import { isPermission } from '../scopes.ts'
import type { Settings } from '../settings.ts'

export interface DialogRequest {
  app: App
  redirectUri: string
  permissions: string[]
  state: string | undefined
  /** Of Login for Business: given whole or not at all. */
  configuration: Configuration | undefined
  /** Ask again for what was declined. */
  again: boolean
}

type Rules = Pick<Settings, 'loopback' | 'scopeInBusiness'>

/** The request, or what the dialog's error page says: Facebook sends nobody back from a request that is wrong. */
export function judgeDialog(query: URLSearchParams, apps: readonly App[], rules: Rules): DialogRequest | string {
  const twice = repeated(query)
  if (twice) return `The parameter ${twice} was sent more than once.`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'Invalid App ID: The provided app ID does not look like a valid app ID.'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris, rules.loopback))
    return "URL blocked: This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings."
  const type = field(query, 'response_type') ?? 'code'
  if (type !== 'code') return 'The simulated dialog knows the response_type "code" alone.'
  const asked = permissionsIn(query, app, rules)
  if (typeof asked === 'string') return asked
  return {
    app,
    redirectUri,
    state: field(query, 'state'),
    again: field(query, 'auth_type') === 'rerequest',
    ...asked,
  }
}

type Asked = Pick<DialogRequest, 'permissions' | 'configuration'>

function permissionsIn(query: URLSearchParams, app: App, rules: Rules): Asked | string {
  const config = field(query, 'config_id')
  // Comma or space.
  const scope = [...new Set((field(query, 'scope') ?? '').split(/[\s,]+/).filter(Boolean))]
  const foreign = scope.find((one) => !isPermission(one) || !app.permissions.includes(one))
  if (foreign !== undefined) return `Invalid Scopes: ${foreign}. This message is only shown to developers.`
  if (config === undefined) {
    if (app.configurations.length > 0 && rules.scopeInBusiness === 'refused')
      return 'Facebook Login for Business: this app needs a config_id.'
    return { permissions: [...new Set(['public_profile', ...scope])], configuration: undefined }
  }
  const found = app.configurations.find((one) => one.id === config)
  if (!found) return 'Invalid configuration: this app has no such config_id.'
  // What a `scope` beside it names and the configuration does not hold is taken back at once.
  return { permissions: [...new Set(['public_profile', ...found.permissions])], configuration: found }
}
