import { field, repeated } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import type { Portal, User } from '../people.ts'
import { isScope } from '../scopes.ts'
import type { Settings } from '../settings.ts'
import { isRegistered } from './redirect-uri.ts'

export interface InstallRequest {
  app: App
  redirectUri: string
  required: string[]
  optional: string[]
  state: string | undefined
  challenge: string | undefined
}

const words = (text: string | undefined): string[] => [...new Set((text ?? '').split(/\s+/).filter(Boolean))]

/** What is in one list and not in the other. */
const beyond = (some: readonly string[], others: readonly string[]) => some.find((one) => !others.includes(one))

/** The request, or what HubSpot's error page says. */
export function judgeRequest(
  query: URLSearchParams,
  apps: readonly App[],
  settings: Settings,
): InstallRequest | string {
  const twice = repeated(query)
  if (twice) return `The parameter ${twice} was sent more than once.`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'The client ID is not valid.'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  // HubSpot/oauth-quickstart-python 3.
  if (!isRegistered(redirectUri, app.redirectUris))
    return 'Redirect URL mismatch: the redirect_uri does not match the URLs of the app.'
  const required = words(field(query, 'scope'))
  const optional = words(field(query, 'optional_scope'))
  const refused = judgeScopes(app, required, optional, settings)
  if (refused !== undefined) return refused
  const challenge = field(query, 'code_challenge')
  if (challenge !== undefined && settings.challenge === 'honoured') {
    if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge))
      return 'The code_challenge is not valid.'
  }
  return {
    ...{ app, redirectUri, required, optional, state: field(query, 'state') },
    challenge: settings.challenge === 'honoured' ? challenge : undefined,
  }
}

/** The request's scopes and the app's are the same (SocialiteProviders/Providers 1188, n8n-io/n8n-docs 935). */
function judgeScopes(
  app: App,
  required: readonly string[],
  optional: readonly string[],
  settings: Settings,
): string | undefined {
  if (required.length === 0) return 'The scope parameter is missing.'
  const unknown = [...required, ...optional].find((one) => !isScope(one))
  if (unknown !== undefined) return `Invalid scope: ${unknown}`
  const differs =
    beyond(required, app.required) ??
    beyond(app.required, required) ??
    beyond(optional, app.optional) ??
    (settings.optionalScopes === 'all' ? beyond(app.optional, optional) : undefined)
  if (differs === undefined) return undefined
  return `Insufficient scopes: the scopes of the request and of the app differ (${differs}).`
}

/** What this user gives in this account: undefined where the plan or the user lacks a required scope. */
export function granted(
  { required, optional }: InstallRequest,
  user: User,
  portal: Portal,
): { scopes: string[]; dropped: string[] } | undefined {
  const has = (one: string) => !portal.lacks.includes(one) && !user.lacks.includes(one)
  if (!required.every(has)) return undefined
  return { scopes: [...required, ...optional.filter(has)], dropped: optional.filter((one) => !has(one)) }
}
