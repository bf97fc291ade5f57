/**
 * The role that the server logs in as: owns nothing, is no superuser, cannot bypass row-level security.
 * Its name and password are made once and kept in a table that only the owner of the schema reads; whoever can read
 * it could set the password anyway. Without the right to create roles, the URL's own role serves, if it cannot bypass.
 */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { MooringError } from '../error.ts'

export interface AppLogin {
  user: string
  password: string
}

/** Returns the login to use, to be granted its rights, or undefined when the connecting role itself must serve. Call under the migration lock. */
export async function ensureAppRole(client: pg.Client): Promise<AppLogin | undefined> {
  const { rows } = await client.query<{ super: boolean; bypass: boolean; create: boolean }>(
    'select rolsuper as super, rolbypassrls as bypass, rolcreaterole as create from pg_roles where rolname = current_user',
  )
  const self = rows[0] ?? { super: false, bypass: false, create: false }
  if (!self.super && !self.create) {
    if (self.bypass) {
      throw new MooringError('config_invalid', 'The database role may read past row-level security.', {
        detail:
          'The role in DATABASE_URL has BYPASSRLS and may not create roles. Take BYPASSRLS away, or set MOORING_DATABASE_ADMIN_URL to a role that may create roles.',
      })
    }
    return undefined
  }
  await client.query('create table if not exists mooring.app_login (role text primary key, password text not null)')
  await client.query('alter table mooring.app_login enable row level security')
  const name = `mooring_app_${randomBytes(4).toString('hex')}`
  // The database makes the password and sets it by itself: as a parameter or inside a statement of ours it would stand in
  // the server's log where statements are logged, as managed databases often do.
  await client.query(
    `insert into mooring.app_login
     select $1, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
     where not exists (select 1 from mooring.app_login)`,
    [name],
  )
  const { rows: logins } = await client.query<{ role: string; password: string }>(
    'select role, password from mooring.app_login limit 1',
  )
  const login = logins[0] ?? { role: name, password: '' }
  const exists = await client.query('select 1 from pg_roles where rolname = $1', [login.role])
  if (exists.rowCount === 0) {
    await client.query(`do $$ declare one record; begin
      select role, password into strict one from mooring.app_login limit 1;
      execute format('create role %I login nosuperuser nocreatedb nocreaterole noinherit nobypassrls password %L',
                     one.role, one.password);
    end $$`)
  }
  return { user: login.role, password: login.password }
}

/** What happened and who did it: added to and read, never changed. */
const APPENDED = ['events', 'audit_entries']

/** Reading and writing rows, and no more. What happened (events) may be added to and read, never changed. */
export async function grant(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'mooring' and tablename not in ('migrations', 'app_login') order by 1",
  )
  const statements = rows.map(({ name }) =>
    APPENDED.includes(name)
      ? `grant select, insert on mooring.${name} to ${role}`
      : `grant select, insert, update, delete on mooring.${name} to ${role}`,
  )
  await client.query([`grant usage on schema mooring to ${role}`, ...statements].join('; '))
}

/** A library's schema: its rows, its sequences and its functions, and no right to change its tables. */
export async function grantOther(client: pg.Client, role: string, schema: string): Promise<void> {
  await client.query(
    [
      `grant usage on schema ${schema} to ${role}`,
      `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
      `grant usage on all sequences in schema ${schema} to ${role}`,
      `grant execute on all functions in schema ${schema} to ${role}`,
    ].join('; '),
  )
}
