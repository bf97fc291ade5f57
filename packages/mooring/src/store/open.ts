/** Readies a database (version, schema, role) and opens it for the server. */
import pg from 'pg'
import { MooringError, unknownFault } from '../error.ts'
import type { Log } from '../runtime.ts'
import { ensureAppRole, grant, grantOther } from './app-role.ts'
import { createDb, type Db, databaseFault, type RunSql } from './database.ts'
import { migrate, underLock } from './migrate.ts'

/** The oldest PostgreSQL that the schema is tried on. */
const OLDEST = 15

export interface DatabaseTarget {
  /** The role that keeps the schema. */
  admin: pg.ClientConfig
  /** The role that serves, where the operator made one. Without it one is made and kept. */
  app?: pg.ClientConfig | undefined
  /** Clients in the pool; 10 without it. */
  poolSize?: number | undefined
}

/** A library's schema beside ours: made by the role that owns the schema, used by the one that serves. */
export interface OtherSchema {
  name: string
  /** Makes it or brings it up to date; under the migration lock, on a client of its own. */
  prepare(run: RunSql): Promise<void>
}

export async function openDatabase(target: DatabaseTarget, log: Log, other?: OtherSchema): Promise<Db> {
  const size = target.poolSize ? { max: target.poolSize } : {}
  const own = target.app ? await requireHarmless(target.app) : undefined
  const login = await prepare(target.admin, own, log, other)
  if (target.app) return createDb({ ...target.app, ...size }, log)
  if (!login) return createDb({ ...target.admin, ...size }, log)
  const app = withLogin(target.admin, login)
  if (await connects(app)) return createDb({ ...app, ...size }, log)
  // The server's pg_hba lets the role not in (peer authentication, for one). The next best wall: become the role at
  // connection time; RESET ROLE then leads back to it and not to the owner.
  log.warn(
    { role: login.user },
    'the database refuses a login by the restricted role; its rights are taken on after login instead',
  )
  // A superuser may become anyone. Who may create roles is no member of what it made, until it says so itself.
  await asClient(target.admin, (client) => client.query(`grant ${login.user} to current_user`))
  return createDb({ ...target.admin, ...size, options: `-c role=${login.user}` }, log)
}

/** Brings schema and rights up to date. Returns the login of the role that was made for the server, if one was. */
async function prepare(config: pg.ClientConfig, own: string | undefined, log: Log, other: OtherSchema | undefined) {
  return asClient({ ...config, application_name: 'mooring-migrate' }, async (client) => {
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version")
    const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000)
    if (major < OLDEST) {
      throw new MooringError('database_version', `Mooring needs PostgreSQL ${OLDEST} or newer.`, {
        detail: `DATABASE_URL leads to PostgreSQL ${major}.`,
      })
    }
    return underLock(client, async () => {
      const ran = await migrate(client)
      if (ran.length > 0) log.info({ migrations: ran }, 'the database was brought up to date')
      await other?.prepare((text, values) => client.query(text, values))
      const login = own === undefined ? await ensureAppRole(client) : undefined
      const role = own === undefined ? login?.user : pg.escapeIdentifier(own)
      if (role !== undefined) {
        await grant(client, role)
        if (other) await grantOther(client, role, other.name)
      }
      return login
    })
  })
}

/** The name of the operator's own role for the server, which must not be able to see past a workspace. */
async function requireHarmless(config: pg.ClientConfig): Promise<string> {
  return asClient(config, async (client) => {
    const { rows } = await client.query<{ name: string; free: boolean }>(
      'select rolname as name, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user',
    )
    const role = rows[0]
    if (!role || role.free) {
      throw new MooringError('config_invalid', 'The database role may read past row-level security.', {
        detail:
          'With MOORING_DATABASE_ADMIN_URL set, the role in DATABASE_URL must be neither superuser nor BYPASSRLS.',
      })
    }
    return role.name
  })
}

async function asClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 8000, ...config })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new MooringError('database_unavailable', 'The server cannot reach its database.', {
      detail: `connecting: ${unknownFault(error)}. Check DATABASE_URL, and that PostgreSQL runs and lets this role in.`,
      retryAfter: 5,
    })
  }
  try {
    return await work(client)
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * A connection string names the user inside itself, and would win over a `user` beside it. The query wins over all, and
 * is the one place that is always there: an address without a host (`postgres:///db?host=/run/postgresql`) has none for
 * a login in front of it, and would silently stay the owner's.
 */
function withLogin(config: pg.ClientConfig, login: { user: string; password: string }): pg.ClientConfig {
  if (config.connectionString === undefined) return { ...config, ...login }
  const url = new URL(config.connectionString)
  url.searchParams.set('user', login.user)
  url.searchParams.set('password', login.password)
  return { ...config, connectionString: url.href }
}

/** Whether this login is let in. A database that is away altogether throws. */
async function connects(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ connectionTimeoutMillis: 8000, ...config })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // Class 28: invalid authorization specification.
    if (String((error as { code?: unknown }).code ?? '').startsWith('28')) return false
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => {})
  }
}
