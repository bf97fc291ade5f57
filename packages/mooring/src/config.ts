/** The environment, parsed once, at the edge. Every fault is listed, each with how to mend it. */
import { z } from 'zod'
import { type JwtConfig, readJwtConfig } from './config-jwt.ts'
import { type MediaConfig, readMediaConfig } from './config-media.ts'
import { readOnboarding } from './config-onboarding.ts'
import { type Env, type Fault, isLoopback, readRegistration } from './config-registration.ts'
import { readSignInConfig, type SignInConfig } from './config-sign-in.ts'
import { MooringError } from './error.ts'
import type { Step } from './onboarding.ts'
import type { Provider, Registration } from './provider.ts'

export type { Env, Fault } from './config-registration.ts'
export { isLoopback } from './config-registration.ts'

export interface Config {
  port: number
  host: string
  /** An origin and, inside another server, the path there; without a slash at its end. */
  baseUrl: string
  /** That path, like `/mooring`, or nothing. */
  basePath: string
  /** The base URL is this machine's own: single user, a key file may be made, details may be shown. */
  local: boolean
  dataDir: string | undefined
  databaseUrl: string | undefined
  databaseAdminUrl: string | undefined
  databasePool: number | undefined
  vaultKeys: string | undefined
  platformOrigins: Readonly<Record<string, string>>
  apiKey: string | undefined
  /** Undefined: as the command says. */
  sandbox: boolean | undefined
  returnOrigins: readonly string[]
  /** Where webhooks may go although it is no public host. */
  webhookOrigins: readonly string[]
  /** Pages there are read for the preview of a link although they are on no public host. */
  previewOrigins: readonly string[]
  /** Files of posts. */
  media: MediaConfig
  startsPerHour: number
  /** Background renewals at once at one provider, over all processes. */
  refreshesAtOnce: number
  /** Most bytes of a body and of an answer that the proxy passes on, and how long it waits where nothing moves. */
  proxy: { bodyBytes: number; answerBytes: number; idleMs: number }
  /** Who may read /metrics: whoever reaches it, an API key with `metrics:read`, nobody. */
  metrics: 'open' | 'key' | 'off'
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** Tokens of the host's own sign-in, if any are believed. */
  jwt: JwtConfig | undefined
  signIn: SignInConfig
  /** Proxies in front whose X-Forwarded-For is believed. */
  trustProxy: number
  /** How long the audit is kept, in days. */
  auditDays: number
  /** The first steps of a workspace. */
  onboarding: readonly Step[]
  registrations: readonly Registration[]
}

/** What an operator must say to send tokens to hosts that are neither the platform nor this machine. */
const WORDS = 'I know that tokens go there'

const megabytes = z.coerce.number().int().min(1).max(10_240)

/** Throws MooringError `config_invalid` whose `fields` hold every fault and whose `detail` is the list to print. */
export function readConfig(env: Env, providers: readonly Provider[]): Config {
  const faults: Fault[] = []
  const read = reader(env, faults)
  const port = read('PORT', z.coerce.number().int().min(0).max(65_535), 8003, 'Use a number from 1 to 65535.')
  const baseUrl = readBaseUrl(env, port, faults)
  const local = isLoopback(baseUrl)
  const apiKey = read(
    'MOORING_API_KEY',
    z.string().min(local ? 8 : 24),
    undefined,
    'Use a random string: `npx mooring keys generate` prints one.',
  )
  const vaultKeys = read(
    'MOORING_VAULT_KEYS',
    z.string().min(1),
    undefined,
    'Make one with `npx mooring keys generate`.',
  )
  const databaseUrl = readDatabase(env, 'DATABASE_URL', faults)
  // An address that cannot be read is still one: both faults are told at once.
  if (vaultKeys === undefined && (!local || (env.DATABASE_URL ?? '') !== '')) {
    faults.push({
      variable: 'MOORING_VAULT_KEYS',
      problem: 'is missing; only a local start with its own database may make a key file',
      mend: 'Run `npx mooring keys generate` once and set MOORING_VAULT_KEYS to what it prints, the same on every process.',
    })
  }
  const config: Config = {
    port,
    host: read('HOST', z.string().min(1), '127.0.0.1', 'Use an address of this machine, like 127.0.0.1 or 0.0.0.0.'),
    baseUrl,
    basePath: new URL(baseUrl).pathname.replace(/\/$/, ''),
    local,
    dataDir: env.MOORING_DATA_DIR || undefined,
    databaseUrl,
    databaseAdminUrl: readDatabase(env, 'MOORING_DATABASE_ADMIN_URL', faults),
    databasePool: read(
      'MOORING_DATABASE_POOL',
      z.coerce.number().int().min(1).max(200),
      undefined,
      'Use a number from 1 to 200.',
    ),
    vaultKeys,
    platformOrigins: readOrigins(env, faults),
    apiKey,
    sandbox: readSwitch(env, 'MOORING_SANDBOX', faults),
    returnOrigins: readOriginList(env, 'MOORING_RETURN_ORIGINS', faults),
    webhookOrigins: readOriginList(env, 'MOORING_WEBHOOK_ORIGINS', faults),
    previewOrigins: readOriginList(env, 'MOORING_PREVIEW_ORIGINS', faults),
    media: readMediaConfig(env, baseUrl, faults),
    startsPerHour: read(
      'MOORING_STARTS_PER_HOUR',
      z.coerce.number().int().min(1).max(10_000),
      5,
      'Use a number from 1.',
    ),
    proxy: {
      bodyBytes: read('MOORING_PROXY_MAX_BODY_MB', megabytes, 100, 'Use a number from 1 to 10240.') * 1024 ** 2,
      answerBytes: read('MOORING_PROXY_MAX_ANSWER_MB', megabytes, 1024, 'Use a number from 1 to 10240.') * 1024 ** 2,
      idleMs:
        read('MOORING_PROXY_TIMEOUT_SECONDS', z.coerce.number().int().min(1).max(600), 60, 'Use 1 to 600 seconds.') *
        1000,
    },
    refreshesAtOnce: read(
      'MOORING_REFRESHES_AT_ONCE',
      z.coerce.number().int().min(1).max(1000),
      16,
      'Use a number from 1 to 1000.',
    ),
    metrics: read('MOORING_METRICS', z.enum(['open', 'key', 'off']), local ? 'open' : 'key', 'Use open, key or off.'),
    logLevel: read(
      'MOORING_LOG',
      z.enum(['debug', 'info', 'warn', 'error']),
      'info',
      'Use debug, info, warn or error.',
    ),
    jwt: readJwtConfig(env, faults),
    signIn: readSignInConfig(env, faults),
    trustProxy: read(
      'MOORING_TRUST_PROXY',
      z.coerce.number().int().min(0).max(10),
      0,
      'Use how many proxies of yours stand in front, 0 to 10.',
    ),
    auditDays: read(
      'MOORING_AUDIT_DAYS',
      z.coerce.number().int().min(7).max(36_500),
      365,
      'Use a number of days from 7.',
    ),
    onboarding: readOnboarding(env, providers, faults),
    registrations: providers.flatMap((provider) =>
      provider.apps.map((app) => readRegistration(env, provider, app, baseUrl, faults)),
    ),
  }
  if (faults.length > 0) throw configFault(faults)
  return config
}

export function configFault(faults: readonly Fault[]): MooringError {
  const list = faults.map(({ variable, problem, mend }) => `  ${variable} ${problem}.\n    ${mend}`).join('\n')
  return new MooringError(
    'config_invalid',
    faults.length === 1 ? 'One setting is not right.' : `${faults.length} settings are not right.`,
    {
      detail: list,
      fields: faults.map(({ variable, problem, mend }) => ({ path: variable, message: `${problem}. ${mend}` })),
    },
  )
}

/** Reads one variable; an empty one counts as unset. The value is never repeated: it may be a secret. */
function reader(env: Env, faults: Fault[]) {
  return <T, D>(variable: string, shape: z.ZodType<T>, fallback: D, mend: string): T | D => {
    const raw = env[variable]
    if (raw === undefined || raw === '') return fallback
    const result = shape.safeParse(raw)
    if (result.success) return result.data
    faults.push({ variable, problem: 'cannot be used', mend })
    return fallback
  }
}

function readSwitch(env: Env, variable: string, faults: Fault[]): boolean | undefined {
  const value = env[variable]?.toLowerCase()
  if (value === undefined || value === '') return undefined
  if (['on', 'true', '1', 'yes'].includes(value)) return true
  if (['off', 'false', '0', 'no'].includes(value)) return false
  faults.push({ variable, problem: 'is neither on nor off', mend: `Set ${variable}=on or ${variable}=off.` })
  return undefined
}

/** Paths of our own: below them nobody could tell what is meant. */
const OURS =
  /^\/(?:api|callback|start|connect-session|push|media|docs|setup|onboarding|accounts|activity|timeline|invitation|settings|sign-in|healthz|readyz|metrics)(?:\/|$)/

function readBaseUrl(env: Env, port: number, faults: Fault[]): string {
  const fallback = `http://localhost:${port}`
  const raw = env.MOORING_BASE_URL
  if (raw === undefined || raw === '') return fallback
  const fault = (problem: string, mend: string) => {
    faults.push({ variable: 'MOORING_BASE_URL', problem, mend })
    return fallback
  }
  if (!URL.canParse(raw))
    return fault('is not an address', 'Use the address that people see, like https://social.example.com.')
  const url = new URL(raw)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return fault('is not http or https', 'Use https://…')
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    return fault('is more than an origin and a path', `Use ${url.origin}.`)
  const path = url.pathname.replace(/\/$/, '')
  if (!/^(?:\/[A-Za-z0-9_.~-]+)*$/.test(path) || OURS.test(path))
    return fault('has a path that cannot be used', `Use ${url.origin}, or ${url.origin}/mooring inside another server.`)
  if (url.protocol === 'http:' && !isLoopback(url.origin)) {
    return fault('is not loopback and not https', `Use https://${url.host} and let your proxy end TLS.`)
  }
  return url.origin + path
}

function readDatabase(env: Env, variable: string, faults: Fault[]): string | undefined {
  const raw = env[variable]
  if (raw === undefined || raw === '') return undefined
  if (/^postgres(ql)?:\/\//.test(raw) && URL.canParse(raw)) return raw
  faults.push({
    variable,
    problem: 'is not a PostgreSQL address',
    mend: 'Use postgres://user:password@host:5432/database.',
  })
  return undefined
}

const bareOrigin = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value.replace(/\/$/, '')

function readOrigins(env: Env, faults: Fault[]): Record<string, string> {
  const variable = 'MOORING_PLATFORM_ORIGINS'
  const raw = env[variable]
  if (raw === undefined || raw === '') return {}
  const example = `Use JSON, like ${variable}='{"https://www.example.com":"http://127.0.0.1:9701"}'.`
  const shape = z.record(z.string().refine(bareOrigin), z.string().refine(bareOrigin))
  let parsed: unknown
  try {
    parsed = JSON.parse(raw)
  } catch {
    faults.push({ variable, problem: 'is not JSON', mend: example })
    return {}
  }
  const result = shape.safeParse(parsed)
  if (!result.success) {
    faults.push({ variable, problem: 'does not map origins to origins', mend: example })
    return {}
  }
  const origins = Object.fromEntries(
    Object.entries(result.data).map(([from, to]) => [new URL(from).origin, new URL(to).origin]),
  )
  const outside = Object.values(origins).find((origin) => !isLoopback(origin))
  if (outside !== undefined && env.MOORING_PLATFORM_ORIGINS_OUTSIDE !== WORDS) {
    faults.push({
      variable,
      problem: `sends tokens to ${outside}, which is not this machine`,
      mend: `If you mean it, set MOORING_PLATFORM_ORIGINS_OUTSIDE='${WORDS}'.`,
    })
  }
  return origins
}

function readOriginList(env: Env, variable: string, faults: Fault[]): string[] {
  const values = (env[variable] ?? '').split(/[\s,]+/).filter((value) => value !== '')
  const bad = values.find((value) => !bareOrigin(value))
  if (bad !== undefined) {
    faults.push({
      variable,
      problem: 'holds something that is not an origin',
      mend: 'Use origins parted by commas, like https://app.example.com.',
    })
  }
  return values.filter(bareOrigin).map((value) => new URL(value).origin)
}
