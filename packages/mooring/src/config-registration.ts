/** The part of the configuration that concerns our app at a provider: its client, scopes, settings and redirect address. */
import { type AppKind, oauthOf, type Provider, type Registration } from './provider.ts'

export type Env = Readonly<Record<string, string | undefined>>

export interface Fault {
  variable: string
  problem: string
  mend: string
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
export const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)

export function readRegistration(
  env: Env,
  provider: Provider,
  app: AppKind,
  baseUrl: string,
  faults: Fault[],
): Registration {
  const name = (suffix: string) => `${app.envPrefix}_${suffix}`
  const value = (suffix: string) => env[name(suffix)]?.trim() || undefined
  if (provider.credentials) return readKeyed({ provider, app, baseUrl, name, value }, faults)
  const clientId = value('CLIENT_ID')
  const clientSecret = value('CLIENT_SECRET')
  const settings = readSettings(provider, value, name, faults)
  const publicClient = oauthOf({ provider, settings }).clientAuth === 'none'
  if (clientId === undefined && clientSecret !== undefined) {
    faults.push({
      variable: name('CLIENT_ID'),
      problem: `is missing beside ${name('CLIENT_SECRET')}`,
      mend: 'Set both, or neither.',
    })
  }
  if (clientId !== undefined && clientSecret === undefined && !publicClient) {
    faults.push({
      variable: name('CLIENT_SECRET'),
      problem: `is missing beside ${name('CLIENT_ID')}`,
      mend: 'Set both, or neither.',
    })
  }
  const route = `/callback/${app.id}`
  const redirectUri = value('REDIRECT_URI') ?? `${baseUrl}${route}`
  checkRedirect(redirectUri, name('REDIRECT_URI'), baseUrl, route, faults)
  const variable = (suffix: string, required: boolean) => ({
    name: name(suffix),
    required,
    set: value(suffix) !== undefined,
  })
  return {
    id: app.id,
    provider,
    app,
    client: clientId === undefined ? undefined : { clientId, clientSecret },
    simulated: false,
    scopes:
      value('SCOPES')
        ?.split(/[\s,]+/)
        .filter((scope) => scope !== '') ?? app.scopes,
    settings,
    redirectUri,
    issuer: value('ISSUER') ?? provider.issuer ?? '',
    env: [
      variable('CLIENT_ID', true),
      variable('CLIENT_SECRET', !publicClient),
      variable('REDIRECT_URI', false),
      variable('SCOPES', false),
      variable('ISSUER', false),
      ...provider.settings.map((setting) => variable(setting.name, false)),
    ],
  }
}

interface Keyed {
  provider: Provider
  app: AppKind
  baseUrl: string
  name: (suffix: string) => string
  value: (suffix: string) => string | undefined
}

/** A service that is called with a key and sends nobody back: the key stands where an app has its client secret. */
function readKeyed({ provider, app, baseUrl, name, value }: Keyed, faults: Fault[]): Registration {
  const settings = readSettings(provider, value, name, faults)
  const key = value('API_KEY')
  return {
    id: app.id,
    provider,
    app,
    client: key === undefined ? undefined : { clientId: KEY_CLIENT, clientSecret: key },
    simulated: false,
    scopes: [],
    settings,
    redirectUri: `${baseUrl}/callback/${app.id}`,
    issuer: '',
    env: [
      { name: name('API_KEY'), required: true, set: key !== undefined },
      ...provider.settings.map((one) => ({
        name: name(one.name),
        required: false,
        set: value(one.name) !== undefined,
      })),
    ],
  }
}

/** What stands for the client id of a service that knows keys alone. */
export const KEY_CLIENT = 'api-key'

/** A redirect address that leads elsewhere would be found out by a person, after the consent: it stops the start instead. */
function checkRedirect(redirectUri: string, variable: string, baseUrl: string, route: string, faults: Fault[]): void {
  const right = `${baseUrl}${route}`
  const mend = `Set ${variable}=${right}, and register exactly that at the provider.`
  if (!URL.canParse(redirectUri)) {
    faults.push({ variable, problem: 'is not an address', mend })
    return
  }
  const url = new URL(redirectUri)
  const path = new URL(right).pathname
  if (url.pathname !== path) faults.push({ variable, problem: `does not lead to ${path}`, mend })
  else if (url.hash !== '' || url.username !== '' || url.password !== '')
    faults.push({ variable, problem: 'holds a fragment or a user name', mend })
  else if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.origin)))
    faults.push({ variable, problem: 'is not https', mend })
}

function readSettings(
  provider: Provider,
  value: (suffix: string) => string | undefined,
  name: (suffix: string) => string,
  faults: Fault[],
) {
  const settings: Record<string, string> = {}
  for (const setting of provider.settings) {
    const given = value(setting.name)
    if (given !== undefined && !setting.pattern.test(given)) {
      faults.push({ variable: name(setting.name), problem: 'cannot be used', mend: setting.describe })
    }
    settings[setting.name] = given ?? setting.default
  }
  return settings
}
