/** Structured logs on standard error, with what looks like a secret taken out by name and by shape. */
import pino from 'pino'
import type { Log } from '../runtime.ts'

/** Names under which a secret could ride. Ours are never logged at all; this catches a mistake. */
const NAMES = [
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'id_token',
  'verifier',
  'secret',
  'password',
  'authorization',
  'cookie',
  'key',
  'clientSecret',
  'client_secret',
].flatMap((name) => [name, `*.${name}`])

export function createLog(level: 'debug' | 'info' | 'warn' | 'error'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: NAMES, censor: '[redacted]' },
    },
    pino.destination({ fd: 2, sync: false }),
  )
}
