/** Where files of posts lie, how large they may be, and at which address platforms fetch them. */
import { type Env, type Fault, isLoopback } from './config-registration.ts'
import type { S3Config } from './publishing/media/s3.ts'

export interface MediaConfig {
  maxBytes: number
  /** A folder of the operator's; undefined: `media` in the data folder. */
  dir: string | undefined
  /** Instead of a folder. */
  s3: S3Config | undefined
  /** Where platforms reach this server, without a slash at its end. */
  url: string
}

const USUAL_MB = 2048
const MOST_MB = 10_240

export function readMediaConfig(env: Env, baseUrl: string, faults: Fault[]): MediaConfig {
  const dir = env.MOORING_MEDIA_DIR || undefined
  const s3 = readS3(env, faults)
  if (dir !== undefined && s3 !== undefined)
    faults.push({
      variable: 'MOORING_MEDIA_DIR',
      problem: 'is set beside MOORING_S3_BUCKET',
      mend: 'Files lie in one place: unset one of the two.',
    })
  return {
    maxBytes: readMost(env, faults) * 1024 ** 2,
    dir,
    s3,
    url: readUrl(env, baseUrl, faults),
  }
}

function readMost(env: Env, faults: Fault[]): number {
  const raw = env.MOORING_MEDIA_MAX_MB || String(USUAL_MB)
  const most = Number(raw)
  if (/^\d{1,6}$/.test(raw) && most >= 1 && most <= MOST_MB) return most
  faults.push({
    variable: 'MOORING_MEDIA_MAX_MB',
    problem: 'cannot be used',
    mend: `Use a number of megabytes from 1 to ${MOST_MB}.`,
  })
  return USUAL_MB
}

function readUrl(env: Env, baseUrl: string, faults: Fault[]): string {
  const raw = env.MOORING_MEDIA_URL
  if (raw === undefined || raw === '') return baseUrl
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  const plain = url && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(raw))))
    return url.origin + url.pathname.replace(/\/$/, '')
  faults.push({
    variable: 'MOORING_MEDIA_URL',
    problem: 'is no https address',
    mend: 'Use the address at which the internet reaches this server, like https://media.example.com.',
  })
  return baseUrl
}

const NAMES = ['ENDPOINT', 'BUCKET', 'REGION', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'FORCE_PATH_STYLE'] as const

function readS3(env: Env, faults: Fault[]): S3Config | undefined {
  const value = (name: (typeof NAMES)[number]) => env[`MOORING_S3_${name}`]?.trim() || undefined
  if (NAMES.every((name) => value(name) === undefined)) return undefined
  const fault = (name: (typeof NAMES)[number], problem: string, mend: string) =>
    faults.push({ variable: `MOORING_S3_${name}`, problem, mend })
  const bucket = value('BUCKET')
  const endpoint = value('ENDPOINT')
  const accessKeyId = value('ACCESS_KEY_ID')
  const secretAccessKey = value('SECRET_ACCESS_KEY')
  if (bucket === undefined) fault('BUCKET', 'is missing beside its siblings', 'Use the name of a bucket that is there.')
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : ''))
    fault('ENDPOINT', 'is not an address', 'Use the address of the service, like https://s3.example.com.')
  if (endpoint === undefined && value('REGION') === undefined)
    fault('REGION', 'is missing', 'Use the region of the bucket, like eu-central-1, or set MOORING_S3_ENDPOINT.')
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    fault(
      accessKeyId === undefined ? 'ACCESS_KEY_ID' : 'SECRET_ACCESS_KEY',
      'is missing beside its sibling',
      'Set both, or neither where the machine has a role of its own.',
    )
  const style = (value('FORCE_PATH_STYLE') ?? (endpoint === undefined ? 'off' : 'on')).toLowerCase()
  const on = ['on', 'true', '1', 'yes'].includes(style)
  if (!on && !['off', 'false', '0', 'no'].includes(style))
    fault('FORCE_PATH_STYLE', 'is neither on nor off', 'Use on where the bucket stands in the path, else off.')
  return {
    endpoint,
    bucket: bucket ?? '',
    region: value('REGION') ?? 'us-east-1',
    keys: accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: on,
  }
}
