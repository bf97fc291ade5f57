/** Every setting with values that cannot be used: all are told at once, each with how to mend it, and none is repeated. */
import { describe, expect, it } from 'vitest'
import { type Env, readConfig } from './config.ts'
import { isMooringError, type MooringError } from './error.ts'
import { providers } from './providers/index.ts'

const read = (env: Env) => readConfig(env, providers)
const KEYS = 'a key, which the key ring judges'
const PUBLIC = { MOORING_BASE_URL: 'https://social.example.com', MOORING_VAULT_KEYS: KEYS }

function faultOf(env: Env): MooringError {
  try {
    read(env)
  } catch (error) {
    if (isMooringError(error)) return error
    throw error
  }
  throw new Error('the configuration was taken')
}

const faultsOf = (env: Env) => (faultOf(env).fields ?? []).map(({ path, message }) => `${path} ${message}`)

/** Every variable with values that cannot be used, and what the operator is told. Each holds a canary where a secret could be. */
const BAD: [name: string, value: string, told: RegExp, beside?: Env][] = [
  ['PORT', 'CANARY', /number from 1 to 65535/],
  ['PORT', '70000', /number/],
  ['PORT', '-1', /number/],
  ['PORT', '80.5', /number/],
  ['MOORING_BASE_URL', 'CANARY', /is not an address/],
  ['MOORING_BASE_URL', 'ftp://localhost/', /is not http or https/],
  [
    'MOORING_BASE_URL',
    'https://social.example.com/api/CANARY',
    /a path that cannot be used.*https:\/\/social\.example\.com/,
  ],
  ['MOORING_BASE_URL', 'https://social.example.com/a%20CANARY', /a path that cannot be used/],
  ['MOORING_BASE_URL', 'https://social.example.com/connect-session/CANARY', /a path that cannot be used/],
  ['MOORING_BASE_URL', 'https://social.example.com/?k=CANARY', /more than an origin/],
  ['MOORING_BASE_URL', 'https://social.example.com/#CANARY', /more than an origin/],
  ['MOORING_BASE_URL', 'https://me:CANARY@social.example.com', /more than an origin/],
  ['MOORING_BASE_URL', 'https://:CANARY@social.example.com', /more than an origin/],
  ['MOORING_BASE_URL', 'http://social.example.com', /not loopback and not https.*https:\/\/social\.example\.com/],
  ['MOORING_BASE_URL', 'http://127.0.0.1.example.com', /not loopback/],
  ['MOORING_BASE_URL', 'http://localhost.example.com', /not loopback/],
  ['MOORING_BASE_URL', 'http://0.0.0.0:8003', /not loopback/],
  ['MOORING_API_KEY', 'CANARY', /random string.*keys generate/],
  ['MOORING_API_KEY', 'CANARY-of-20-letters', /random string/, PUBLIC],
  [
    'DATABASE_URL',
    'mysql://me:CANARY@db/mooring',
    /not a PostgreSQL address.*postgres:\/\//,
    { MOORING_VAULT_KEYS: KEYS },
  ],
  ['DATABASE_URL', 'postgres://me:CANARY@[db/mooring', /not a PostgreSQL address/, { MOORING_VAULT_KEYS: KEYS }],
  ['DATABASE_URL', 'CANARY', /not a PostgreSQL address/, { MOORING_VAULT_KEYS: KEYS }],
  ['MOORING_DATABASE_ADMIN_URL', 'host=db password=CANARY', /not a PostgreSQL address/],
  ['MOORING_DATABASE_POOL', 'CANARY', /number from 1 to 200/],
  ['MOORING_DATABASE_POOL', '0', /number from 1 to 200/],
  ['MOORING_DATABASE_POOL', '201', /number from 1 to 200/],
  ['MOORING_SANDBOX', 'CANARY', /MOORING_SANDBOX=on or MOORING_SANDBOX=off/],
  ['MOORING_STARTS_PER_HOUR', '0', /number from 1/],
  ['MOORING_STARTS_PER_HOUR', 'CANARY', /number from 1/],
  ['MOORING_LOG', 'CANARY', /debug, info, warn or error/],
  ['MOORING_PLATFORM_ORIGINS', 'CANARY', /is not JSON.*Use JSON/],
  ['MOORING_PLATFORM_ORIGINS', '{"https://www.linkedin.com":"CANARY"}', /does not map origins to origins/],
  [
    'MOORING_PLATFORM_ORIGINS',
    '{"https://www.linkedin.com":"http://me:CANARY@127.0.0.1:9701"}',
    /does not map origins/,
  ],
  ['MOORING_PLATFORM_ORIGINS', '{"https://www.linkedin.com/CANARY":"http://127.0.0.1:9701"}', /does not map origins/],
  ['MOORING_PLATFORM_ORIGINS', '["CANARY"]', /does not map origins/],
  [
    'MOORING_PLATFORM_ORIGINS',
    '{"https://www.linkedin.com":"https://evil.example.com"}',
    /sends tokens to https:\/\/evil\.example\.com.*MOORING_PLATFORM_ORIGINS_OUTSIDE='I know that tokens go there'/,
  ],
  ['MOORING_PLATFORM_ORIGINS', '{"https://www.linkedin.com":"http://localhost.example.com"}', /sends tokens to/],
  ['MOORING_PLATFORM_ORIGINS', '{"https://www.linkedin.com":"http://192.168.0.7:9701"}', /sends tokens to/],
  ['MOORING_RETURN_ORIGINS', 'https://app.example.com https://app.example.com/CANARY', /not an origin/],
  ['MOORING_WEBHOOK_ORIGINS', 'http://app:3000/CANARY', /not an origin/],
  ['MOORING_PREVIEW_ORIGINS', 'http://app:3000/CANARY', /not an origin/],
  ['MOORING_MEDIA_URL', 'http://media.example/CANARY', /no https address/],
  ['MOORING_MEDIA_MAX_MB', 'CANARY', /cannot be used/],
  ['MOORING_ONBOARDING', '["CANARY"]', /a step that cannot be used.*Use JSON/],
  ['MOORING_RETURN_ORIGINS', '*.CANARY.example.com', /not an origin/],
  ['MOORING_RETURN_ORIGINS', 'javascript:CANARY', /not an origin/],
  [
    'LINKEDIN_CLIENT_ID',
    'CANARY',
    /^LINKEDIN_CLIENT_SECRET is missing beside LINKEDIN_CLIENT_ID. Set both, or neither/,
  ],
  ['LINKEDIN_CLIENT_SECRET', 'CANARY', /^LINKEDIN_CLIENT_ID is missing beside LINKEDIN_CLIENT_SECRET/],
  ['LINKEDIN_COMMUNITY_CLIENT_ID', 'CANARY', /^LINKEDIN_COMMUNITY_CLIENT_SECRET is missing/],
  ['LINKEDIN_API_VERSION', 'CANARY', /cannot be used.*YYYYMM/],
  ['LINKEDIN_PKCE', 'CANARY', /cannot be used.*native/],
  ['LINKEDIN_REDIRECT_URI', 'CANARY', /is not an address/],
  ['LINKEDIN_REDIRECT_URI', 'http://localhost:8003/CANARY', /does not lead to \/callback\/linkedin/],
  ['LINKEDIN_REDIRECT_URI', 'http://localhost:8003/callback/linkedin#CANARY', /fragment or a user name/],
  ['LINKEDIN_REDIRECT_URI', 'http://me:CANARY@localhost:8003/callback/linkedin', /fragment or a user name/],
  ['LINKEDIN_REDIRECT_URI', 'http://:CANARY@localhost:8003/callback/linkedin', /fragment or a user name/],
  ['LINKEDIN_REDIRECT_URI', 'http://social.example.com/callback/linkedin', /is not https/],
  ['LINKEDIN_REDIRECT_URI', 'ftp://localhost/callback/linkedin', /is not https/],
]

describe('what cannot be used', () => {
  it.each(BAD)('%s=%s', (name, value, told, beside) => {
    const fault = faultOf({ ...beside, [name]: value })
    expect(fault.code).toBe('config_invalid')
    expect(fault.message).toBe('One setting is not right.')
    const [line = ''] = faultsOf({ ...beside, [name]: value })
    expect(line).toMatch(told)
    expect(line.startsWith(name) || line.includes(` beside ${name}`)).toBe(true)
    // The list to print says the same as the fields, and neither repeats the value.
    expect(fault.detail).toContain(line.split(' ')[0])
    expect(`${JSON.stringify(fault)}${fault.stack}`).not.toContain('CANARY')
  })

  it('is listed all together, each with how to mend it', () => {
    const all: Env = Object.fromEntries(
      BAD.toReversed()
        .filter(([name]) => !/CLIENT_ID$/.test(name))
        .map(([name, value]) => [name, value]),
    )
    const fault = faultOf(all)
    const named = (fault.fields ?? []).map((field) => field.path).sort()
    const expected = [
      ...Object.keys(all).filter((name) => name !== 'LINKEDIN_CLIENT_SECRET'),
      'LINKEDIN_CLIENT_ID',
      'MOORING_VAULT_KEYS',
    ].sort()
    expect(named).toEqual(expected)
    expect(fault.message).toBe(`${expected.length} settings are not right.`)
    for (const { path, message } of fault.fields ?? []) {
      expect(message, path).toMatch(/\. ["A-Z].*\.$/)
      expect(fault.detail).toContain(`  ${path} `)
    }
    expect(`${JSON.stringify(fault)}${fault.stack}`).not.toContain('CANARY')
  })
})
