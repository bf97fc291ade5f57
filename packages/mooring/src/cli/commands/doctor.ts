/** `mooring doctor`: looks at everything that a start needs and says how to mend what is not right. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import pg from 'pg'
import { z } from 'zod'
import { type Config, isLoopback } from '../../config.ts'
import { isMooringError, MooringError, unknownFault } from '../../error.ts'
import { silent } from '../../runtime.ts'
import { createKeyRing } from '../../vault/keyring.ts'
import { renewalFindings } from '../doctor-renewals.ts'
import { sealedFindings } from '../doctor-vault.ts'
import { databaseBeside, dataDirOf, environment, hasData, keyFileIn, loadConfig } from '../environment.ts'
import { readServerFile } from '../server-file.ts'

export interface Finding {
  check: string
  level: 'ok' | 'warning' | 'error'
  message: string
  mend?: string | undefined
}

const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message })
const bad = (check: string, level: 'warning' | 'error', message: string, mend: string): Finding => ({
  check,
  level,
  message,
  mend,
})

export async function doctor(now = Date.now()): Promise<Finding[]> {
  const env = environment()
  let config: Config
  try {
    config = loadConfig(env)
  } catch (error) {
    if (!isMooringError(error)) throw error
    return (error.fields ?? []).map(({ path, message }) =>
      bad('config', 'error', `${path} ${message.split('. ')[0] ?? ''}.`, message.split('. ').slice(1).join('. ')),
    )
  }
  const dataDir = dataDirOf(config, env)
  return [
    ok('config', `Every setting can be read. Base URL ${config.baseUrl}.`),
    ...network(config),
    ...keys(config, dataDir),
    ...(await database(config, dataDir, now)),
    ...(await registrations(config, dataDir, now)),
    await server(config, dataDir),
  ]
}

function network(config: Config): Finding[] {
  const open = !isLoopback(`http://${config.host.includes(':') ? `[${config.host}]` : config.host}`)
  if (open && config.local) {
    return [
      bad(
        'network',
        'warning',
        `The server listens on ${config.host}, but its base URL is this machine alone.`,
        'Set MOORING_BASE_URL to the https address that people use, or HOST=127.0.0.1.',
      ),
    ]
  }
  return [
    ok(
      'network',
      open ? `Listens on ${config.host}; people come by ${config.baseUrl}.` : 'Listens on this machine alone.',
    ),
  ]
}

function keys(config: Config, dataDir: string): Finding[] {
  if (config.vaultKeys !== undefined) return ring(config.vaultKeys, 'MOORING_VAULT_KEYS')
  const file = keyFileIn(dataDir)
  if (!existsSync(file)) {
    if (!hasData(dataDir)) return [ok('keys', `The first start will make ${file}.`)]
    return [
      bad(
        'keys',
        'error',
        `${file} is missing, but the folder holds data that was sealed with it.`,
        'Put it back from your backup, or set MOORING_VAULT_KEYS.',
      ),
    ]
  }
  const mode = statSync(file).mode & 0o777
  if (mode & 0o077) return [bad('keys', 'error', `${file} can be read by others.`, `chmod 600 ${file}`)]
  const read = ring(readFileSync(file, 'utf8').trim(), file)
  if (read.some((one) => one.level === 'error')) return read
  return [ok('keys', `${file} is there, for you alone. Keep a copy of it apart from the data.`)]
}

function ring(keys: string, source: string): Finding[] {
  try {
    const made = createKeyRing(keys)
    return [
      ok('keys', `${source} holds ${made.kids.length} key${made.kids.length === 1 ? '' : 's'}; ${made.newest} seals.`),
    ]
  } catch (error) {
    return [
      bad(
        'keys',
        'error',
        isMooringError(error) ? error.message : 'The keys cannot be read.',
        'Make one with `npx mooring keys generate`.',
      ),
    ]
  }
}

/** The ids of the keys at hand; undefined where there are none that can be read, which is told already. */
function kidsOf(config: Config, dataDir: string): readonly string[] | undefined {
  try {
    return createKeyRing(config.vaultKeys ?? readFileSync(keyFileIn(dataDir), 'utf8').trim()).kids
  } catch {
    return undefined
  }
}

async function database(config: Config, dataDir: string, now: number): Promise<Finding[]> {
  // To look must not make: a cluster without its key file would stop the first start.
  if (config.databaseUrl === undefined && !hasData(dataDir))
    return [ok('database', `The first start will make one in ${dataDir}.`)]
  try {
    const opened = await databaseBeside(config, dataDir, silent)
    const client = new pg.Client({ ...opened.target.admin, connectionTimeoutMillis: 8000 })
    try {
      await client.connect()
      const { rows } = await client.query<{ version: string; clock: Date }>(
        "select current_setting('server_version') as version, now() as clock",
      )
      const drift = Math.round(((rows[0]?.clock.getTime() ?? now) - Date.now()) / 1000)
      const findings = [
        ok(
          'database',
          `PostgreSQL ${rows[0]?.version ?? ''} answers${config.databaseUrl === undefined ? ` (carried, ${dataDir})` : ''}.`,
        ),
      ]
      findings.push(
        Math.abs(drift) > 5
          ? bad(
              'clock',
              'error',
              `This machine and the database differ by ${drift} s.`,
              'Let both take their time from NTP.',
            )
          : ok('clock', `This machine and the database agree on the time (${drift} s).`),
      )
      const kids = kidsOf(config, dataDir)
      return [
        ...findings,
        ...(kids ? await sealedFindings(opened.target, kids) : []),
        ...(await renewalFindings(opened.target, config.registrations, now)),
      ]
    } finally {
      await client.end().catch(() => {})
      await opened.carried?.stop()
    }
  } catch (error) {
    const said = isMooringError(error) ? error.message : `It does not answer (${unknownFault(error)}).`
    const mend = isMooringError(error) ? error.detail?.trim() : undefined
    return [
      bad('database', 'error', said, mend ?? 'Check DATABASE_URL, and that PostgreSQL runs and lets this role in.'),
    ]
  }
}

async function registrations(config: Config, dataDir: string, now: number): Promise<Finding[]> {
  const set = config.registrations.filter((one) => one.client)
  if (set.length === 0) {
    if (await played(dataDir)) return [ok('providers', 'The running server plays them by its sandbox.')]
    return [
      bad(
        'providers',
        'warning',
        'No provider is set up.',
        'Start with the sandbox, or follow `npx mooring providers`.',
      ),
    ]
  }
  return set.flatMap((one) => {
    const name = `provider ${one.id}`
    const findings = [ok(name, `Set up. Redirect address ${one.redirectUri}.`)]
    if (new URL(one.redirectUri).origin !== config.baseUrl) {
      findings.push(
        bad(
          name,
          'warning',
          `Its redirect address is not on ${config.baseUrl}: the browser's cookie will not be there.`,
          `Unset ${one.app.envPrefix}_REDIRECT_URI, or set MOORING_BASE_URL to its origin.`,
        ),
      )
    }
    for (const notice of one.provider.notices?.(one.settings, now) ?? [])
      findings.push(bad(name, notice.level, notice.message, notice.mend))
    return findings
  })
}

/** A server runs on the folder, and its sandbox plays a platform. */
async function played(dataDir: string): Promise<boolean> {
  const running = readServerFile(dataDir)
  if (!running) return false
  const headers = { authorization: `Bearer ${running.key}` }
  const response = await fetch(`${running.url}/api/v1/providers`, { headers, signal: AbortSignal.timeout(5000) }).catch(
    () => undefined,
  )
  const shape = z.object({ data: z.array(z.object({ simulated: z.boolean() })) })
  const answer = shape.safeParse(await response?.json().catch(() => undefined))
  return answer.success && answer.data.data.some((one) => one.simulated)
}

async function server(config: Config, dataDir: string): Promise<Finding> {
  const running = readServerFile(dataDir)
  if (!running) return ok('server', 'None runs on this data folder at the moment.')
  try {
    const response = await fetch(`${running.url}/readyz`, { signal: AbortSignal.timeout(5000) })
    if (response.ok) return ok('server', `Runs and is ready at ${config.baseUrl} (process ${running.pid}).`)
    throw new MooringError('internal', `readyz answered ${response.status}`)
  } catch (error) {
    return bad(
      'server',
      'error',
      `Process ${running.pid} should serve ${running.url}, but ${unknownFault(error)}.`,
      'Look at its log, and start it again.',
    )
  }
}
