/** What the migrations made, against what the code and the house's rules say of it. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import { hasWorkspace, OPEN_TO_THE_INSTANCE, type Table, tablesOf } from './testing.ts'

/** Tables that are asked before a workspace is known, or over all of them: only the scope `instance` reads them. */
const OF_THE_INSTANCE = [
  'api_keys',
  'budgets',
  'erasures',
  'grant_holders',
  'logins',
  'operator_alerts',
  'passkeys',
  'past_holders',
  'people',
  'processes',
  'pushes',
  'sign_in_links',
  'sign_in_values',
  'two_factors',
]

describe('the schema', () => {
  let database: TestDatabase
  let tables: Table[]
  beforeAll(async () => {
    database = await testDatabase()
    tables = await tablesOf(database)
  })
  afterAll(() => database.drop())

  it('has row-level security enabled and forced, with a policy, on every table that the server may reach', async () => {
    const rows = await database.query<{ name: string; enabled: boolean; forced: boolean; policies: number }>(`
      select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced,
             (select count(*)::int from pg_policy where polrelid = c.oid) as policies
      from pg_class c where relnamespace = 'mooring'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by 1`)
    expect(rows.length).toBeGreaterThan(10)
    const owners = rows.filter((row) => row.name === 'migrations' || row.name === 'app_login')
    expect(owners.map((row) => [row.name, row.enabled, row.policies])).toEqual([
      ['app_login', true, 0],
      ['migrations', true, 0],
    ])
    for (const row of rows.filter((one) => !owners.includes(one)))
      expect(row, row.name).toMatchObject({ enabled: true, forced: true, policies: 1 })
  })

  it('binds every policy to the workspace or the instance, for reading and for writing, for every role', async () => {
    const policies = await database.query<{ table: string; using: string; check: string; all: boolean }>(`
      select polrelid::regclass::text as "table", pg_get_expr(polqual, polrelid) as using,
             pg_get_expr(polwithcheck, polrelid) as "check", polcmd = '*' and polpermissive and polroles = '{0}' as "all"
      from pg_policy`)
    const own = '(workspace_id = mooring.current_workspace())'
    const either = '((workspace_id = mooring.current_workspace()) OR mooring.is_instance())'
    for (const { table, using, check, all } of policies) {
      const name = table.replace('mooring.', '')
      expect(all, name).toBe(true)
      if (OF_THE_INSTANCE.includes(name))
        expect([using, check]).toEqual(['mooring.is_instance()', 'mooring.is_instance()'])
      else if (name === 'workspaces')
        expect([using, check]).toEqual([
          '((id = mooring.current_workspace()) OR mooring.is_instance())',
          'mooring.is_instance()',
        ])
      else if (OPEN_TO_THE_INSTANCE.includes(name)) expect([using, check], name).toEqual([either, either])
      else expect([using, check], name).toEqual([own, own])
    }
  })

  it('leads the key and every index of a workspace-owned table with the workspace', async () => {
    const owned = tables.filter((table) => hasWorkspace(table) && !OF_THE_INSTANCE.includes(table.name))
    expect(owned.map((table) => table.name)).toEqual([
      'accounts',
      'audit_entries',
      'connect_links',
      'connect_sessions',
      'connections',
      'deliveries',
      'deliveries_due',
      'delivery_attempts',
      'delivery_steps',
      'due_refreshes',
      'events',
      'flow_attempts',
      'flow_completions',
      'flow_states',
      'flows',
      'idempotency_keys',
      'invitations',
      'letters_due',
      'media',
      'members',
      'notification_choices',
      'onboarding_steps',
      'posts',
      'registrations',
      'sign_in_secrets',
      'slots',
      'webhook_deliveries',
      'webhooks',
      'webhooks_due',
    ])
    for (const table of owned) expect(table.key[0], table.name).toBe('workspace_id')
    const indexes = await database.query<{ table: string; index: string; unique: boolean; first: string }>(`
      select i.indrelid::regclass::text as "table", i.indexrelid::regclass::text as index, i.indisunique as unique,
             (select attname::text from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) as first
      from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'mooring'::regnamespace`)
    const names = owned.map((table) => `mooring.${table.name}`)
    const others = indexes.filter((one) => names.includes(one.table) && one.first !== 'workspace_id')
    // Those that are no keys: what is read over all workspaces. Old flows, what is due, where a person belongs, an invitation.
    expect(others.map((one) => [one.index, one.unique]).sort()).toEqual([
      ['mooring.deliveries_due_at', false],
      ['mooring.due_refreshes_due', false],
      ['mooring.flow_attempts_over', false],
      ['mooring.flow_completions_over', false],
      ['mooring.flows_sweep', false],
      ['mooring.invitations_token', false],
      ['mooring.letters_due_at', false],
      ['mooring.members_person', false],
      ['mooring.webhooks_due_at', false],
    ])
  })

  it('is what schema.ts tells Kysely: names, nullability, kinds, and what may be left out of an insert', () => {
    const said = readSchema()
    expect([...said.keys()].sort()).toEqual(tables.map((table) => table.name))
    for (const table of tables) {
      const actual = table.columns.map(({ name, nullable, defaulted, type }) => ({
        name,
        nullable,
        defaulted,
        kind: kindOf(type),
      }))
      const columns = (said.get(table.name) ?? []).map((column) => {
        const real = actual.find((one) => one.name === column.name)
        // `unknown` says nothing about null: JSON is read as what it is.
        return column.kind === 'unknown' && real ? { ...real, defaulted: column.defaulted } : column
      })
      const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
      expect(columns.sort(byName), table.name).toEqual(actual.sort(byName))
    }
  })
})

function kindOf(type: string): string {
  const kinds: Record<string, string> = {
    uuid: 'string',
    text: 'string',
    int8: 'string',
    int4: 'number',
    float4: 'number',
    _text: 'string[]',
    _timestamptz: 'Date[]',
  }
  return kinds[type] ?? { timestamptz: 'Date', bytea: 'Buffer', jsonb: 'json', bool: 'boolean' }[type] ?? type
}

/** The tables of schema.ts, read as text: types are gone by the time that a test runs. */
function readSchema() {
  const files = ['./schema.ts', './schema-posts.ts'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  const text = files.join('\n').replace(/\/\*\*.*?\*\//g, '')
  const unions = new Map([...text.matchAll(/export type (\w+) =\s+(?:\| )?'/g)].map((match) => [match[1], 'string']))
  const blocks = new Map(
    [...text.matchAll(/export interface (\w+)(?: extends \w+)? \{\n([\s\S]*?)\n\}/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  )
  const members = (block: string) =>
    [...(blocks.get(block) ?? '').matchAll(/^ {2}(\w+): (.+)$/gm)].map((match) => ({
      name: match[1] ?? '',
      type: match[2] ?? '',
    }))
  return new Map(
    [...members('Database'), ...members('PostsDatabase')].map(({ name, type }) => [
      name,
      members(type).map((member) => ({ name: member.name, ...readType(member.type) })),
    ]),
  )
  function readType(type: string) {
    const inside = /^(?:ColumnType|Generated|Document)<([^,>]+)/.exec(type)?.[1] ?? type
    const select = { Time: 'Date', MaybeTime: 'Date | null' }[inside] ?? inside
    const parts = select.split(' | ').filter((part) => part !== 'null')
    // What JSON holds has a name of its own.
    if (parts.length === 1 && parts[0]?.startsWith('Stored'))
      return {
        nullable: / \| null/.test(select),
        defaulted: type.startsWith('Generated<') || / \| undefined/.test(type),
        kind: 'json',
      }
    const kind = parts.every((part) => part.startsWith("'") || unions.has(part)) ? 'string' : parts.join(' | ')
    return {
      nullable: / \| null/.test(select),
      defaulted: type.startsWith('Generated<') || / \| undefined/.test(type),
      kind,
    }
  }
}
