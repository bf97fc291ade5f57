/** How people sign in to the console beside a password: letters over SMTP, and a provider of OpenID Connect. */
import type { OidcProvider } from './access/sign-in/library.ts'
import type { SmtpOptions } from './access/sign-in/mail.ts'
import { type Env, type Fault, isLoopback } from './config-registration.ts'

export interface SignInConfig {
  smtp: SmtpOptions | undefined
  oidc: OidcProvider | undefined
}

export function readSignInConfig(env: Env, faults: Fault[]): SignInConfig {
  return { smtp: readSmtp(env, faults), oidc: readOidc(env, faults) }
}

function readSmtp(env: Env, faults: Fault[]): SmtpOptions | undefined {
  const url = env.MOORING_SMTP_URL || undefined
  const from = env.MOORING_SMTP_FROM || undefined
  if (url === undefined && from === undefined) return undefined
  if (url === undefined || !URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) {
    faults.push({
      variable: 'MOORING_SMTP_URL',
      problem: url === undefined ? 'is missing beside MOORING_SMTP_FROM' : 'is no SMTP address',
      mend: 'Use smtp://user:password@host:587, or smtps:// where TLS begins at once.',
    })
    return undefined
  }
  if (from === undefined || !/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(from)) {
    faults.push({
      variable: 'MOORING_SMTP_FROM',
      problem: from === undefined ? 'is missing beside MOORING_SMTP_URL' : 'is no address',
      mend: 'Use the address that letters come from, like Mooring <mooring@example.com>.',
    })
    return undefined
  }
  return { url, from }
}

function readOidc(env: Env, faults: Fault[]): OidcProvider | undefined {
  const names = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'] as const
  const values = names.map((name) => env[`MOORING_OIDC_${name}`] || undefined)
  if (values.every((value) => value === undefined)) return undefined
  for (const [at, value] of values.entries())
    if (value === undefined)
      faults.push({
        variable: `MOORING_OIDC_${names[at]}`,
        problem: 'is missing beside its siblings',
        mend: 'Set MOORING_OIDC_ISSUER, MOORING_OIDC_CLIENT_ID and MOORING_OIDC_CLIENT_SECRET together.',
      })
  const [issuer = '', clientId = '', clientSecret = ''] = values
  const fits = URL.canParse(issuer) && (new URL(issuer).protocol === 'https:' || isLoopback(new URL(issuer).origin))
  if (issuer !== '' && !fits)
    faults.push({
      variable: 'MOORING_OIDC_ISSUER',
      problem: 'is not an https address',
      mend: 'Use what your provider calls its issuer, like https://login.example.com.',
    })
  const discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  return { name: env.MOORING_OIDC_NAME || 'Single sign-on', discoveryUrl, clientId, clientSecret }
}
