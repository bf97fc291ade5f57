/** For the tests of this folder: two workspaces with a row in every table, and what a superuser sees of them. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import type { TestDatabase } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import type { NewConnectLink } from './connect-links.ts'
import type { NewConnectSession } from './connect-sessions.ts'
import type { NewConnection } from './connection-life.ts'
import type { Db } from './database.ts'
import type { NewEvent } from './events.ts'
import type { NewFlow } from './flows.ts'
import { openDatabase } from './open.ts'
import { type SeededPosts, seedPosts } from './posts-testing.ts'
import { createStore, type Store } from './store.ts'

export const sha256 = (value: string) => createHash('sha256').update(value).digest()
export const LIMIT = { most: 1000, since: new Date(0) }

export interface Seeded {
  /** A connect session that a browser opened, with the secrets in the clear; and one that nobody did. */
  session: string
  browser: string
  unopened: string
  /** A flow of the first that waits to be completed, and its code. */
  held: string
  code: string
  workspace: string
  connection: string
  account: string
  flow: string
  /** Of the flow, in the clear. */
  state: string
  binding: string
  ticket: string
  key: string
  /** A person who accepted an invitation. */
  member: string
  /** An invitation that waits. */
  invited: string
  event: string
  /** An app of its own, by its name. */
  app: string
  /** A flow by credentials that waits for a code. */
  waiting: string
  attempt: string
  /** One that waits for a hosted page, and what its notice shows. */
  hosted: string
  notice: string
  link: string
  linkToken: string
  /** An endpoint, and what waits for it. */
  webhook: string
  delivery: string
  posts: SeededPosts
}

/** The server's own way in, with all repositories over it. */
export async function openStore(database: Pick<TestDatabase, 'admin'>): Promise<{ db: Db; store: Store }> {
  const db = await openDatabase({ admin: database.admin, poolSize: 3 }, silent)
  return { db, store: createStore(db) }
}

export const newConnection = (parts: Partial<NewConnection> = {}): NewConnection => ({
  label: 'Mara Lindqvist',
  handle: null,
  email: null,
  picture: null,
  requested_scopes: ['openid'],
  granted_scopes: ['openid'],
  access_token: 'sealed access token',
  refresh_token: 'sealed refresh token',
  access_expires_at: new Date('2030-01-01T00:00:00Z'),
  refresh_expires_at: null,
  connected_by: 'Owner',
  connected_at: new Date(),
  last_refreshed_at: null,
  dueAt: new Date('2029-12-25T00:00:00Z'),
  ...parts,
})

export const newEvent = (type = 'connection.connected', at = new Date()): NewEvent => ({
  id: randomUUID(),
  at,
  type,
  actor: 'Owner',
  message: 'It happened.',
})

export const newAccount = (subject: string) => ({
  id: randomUUID(),
  kind: 'person',
  subject,
  label: subject,
  handle: null,
  picture: null,
  note: null,
})

export const newFlow = (parts: Partial<NewFlow> = {}): NewFlow => ({
  id: randomUUID(),
  kind: 'oauth',
  provider: 'linkedin',
  registration: 'linkedin',
  starter: 'key:instance',
  starter_name: 'API key',
  end_user: null,
  requested_scopes: ['openid'],
  reconnects: null,
  return_to: '/connect/return',
  client_state: null,
  connect_session: null,
  complete_at: null,
  connect_link: null,
  started_at: new Date(),
  expires_at: new Date(Date.now() + 600_000),
  ...parts,
})

export async function addConnection(
  store: Store,
  workspace: string,
  subject: string,
  event: NewEvent = newEvent(),
): Promise<string> {
  const identity = { newId: randomUUID(), provider: 'linkedin', registration: 'linkedin', subject }
  return (
    await store.connections.upsert(
      workspace,
      identity,
      () => newConnection(),
      () => event,
    )
  ).id
}

/** A workspace with a row in every table that belongs to one, and in the instance's. */
export async function seedWorkspace(store: Store, name: string, subject = 'mara'): Promise<Seeded> {
  const { id: workspace } = await store.workspaces.create(randomUUID(), name, null)
  const connection = await addConnection(store, workspace, subject)
  const account = newAccount(`urn:li:person:${subject}`)
  await store.accounts.choose(workspace, { id: connection, provider: 'linkedin' }, [account], false, new Date())
  const flow = newFlow()
  const [state, binding, ticket] = [randomBytes(32), randomBytes(32), randomBytes(32)].map((one) => one.toString('hex'))
  const secrets = { state: state ?? '', binding: binding ?? '', ticket: ticket ?? '' }
  await store.flows.start(
    workspace,
    flow,
    {
      state_hash: sha256(secrets.state),
      binding_hash: sha256(secrets.binding),
      ticket_hash: sha256(secrets.ticket),
      verifier: null,
    },
    LIMIT,
  )
  const seeded = { ...(await seedSessions(store, workspace)), ...(await seedAttempts(store, workspace)) }
  const key = await store.access.addKey({
    id: randomUUID(),
    workspace_id: workspace,
    key_hash: sha256(randomUUID()),
    prefix: 'mk_live_test',
    name,
    scopes: ['connections:read'],
    expires_at: null,
    created_by: null,
  })
  const at = new Date()
  await store.alerts.raise({
    registration: `of ${name}`,
    code: 'misconfigured',
    message: 'It is refused.',
    detail: undefined,
    providerCode: undefined,
    at,
    nextTryAt: at,
  })
  const self = { id: randomUUID(), version: '1.2.3', host: name, pid: 1, kids: ['RPx6aC2g'] }
  await store.processes.beat(self, undefined)
  await store.pushes.carryOut({
    hash: sha256(randomUUID()),
    expiresAt: new Date(Date.now() + 60_000),
    now: at,
    registration: 'linkedin',
    events: [],
    signedBy: at,
    codeHash: sha256(randomUUID()),
    removed: () => newEvent('connection.reauthorize'),
    erased: () => newEvent('connection.erased'),
  })
  await store.access.addLink(sha256(randomUUID()), new Date(Date.now() + 60_000))
  const invitation = (token: string) => ({
    id: randomUUID(),
    token_hash: sha256(token),
    email: `${token}@example.com`,
    role: 'admin' as const,
    invited_by: name,
    invited_by_id: null,
    created_at: at,
    expires_at: new Date(Date.now() + 60_000),
  })
  const { id: invited } = await store.members.invite(workspace, invitation(randomUUID()), () => {})
  const token = randomUUID()
  await store.members.invite(workspace, invitation(token), () => {})
  const member = randomUUID()
  await store.people.accept(
    sha256(token),
    { id: member, name, password: { id: randomUUID(), hash: 'hashed' } },
    new Date(),
  )
  await store.audit.add(workspace, [
    {
      id: randomUUID(),
      at: new Date(0),
      action: 'connection.tested',
      outcome: 'ok',
      code: null,
      actor_kind: 'person',
      actor_id: null,
      actor_name: name,
      address: null,
      browser: null,
      target_kind: null,
      target_id: null,
      target_label: null,
    },
  ])
  await store.notifications.choose(workspace, member, [{ kind: 'connection.connected', letter: true }])
  const event = (await store.events.all(workspace, undefined, 1))[0]?.id ?? ''
  const app = `linkedin-${randomBytes(8).toString('hex')}`
  await store.registrations.add(
    workspace,
    {
      id: randomUUID(),
      name: app,
      app: 'linkedin',
      client_id: 'client',
      client_secret: 'sealed',
      scopes: ['openid'],
      settings: {},
      created_at: at,
      created_by: name,
    },
    50,
  )
  const [webhook, delivery] = [randomUUID(), randomUUID()]
  await store.webhooks.add(workspace, newWebhook(webhook), 20)
  await store.webhooks.addTest(workspace, webhook, delivery, 'webhook.test', at)
  await store.webhooks.replay(workspace, webhook, delivery, at)
  await store.onboarding.say(workspace, 'webhook', 'skipped', at)
  await store.signIn.secret(workspace, randomUUID(), () => 'sealed')
  const until = { expiresAt: new Date(Date.now() + 60_000), now: at }
  await store.signIn.putValue(sha256(randomUUID()), { value: 'encrypted', person: member, ...until })
  await store.signIn
    .tables()
    .insertInto('two_factors' as never)
    .values({ id: randomUUID(), person_id: member, secret: 's', backup_codes: 'b' } as never)
    .execute()
  await store.signIn
    .tables()
    .insertInto('passkeys' as never)
    .values({
      id: randomUUID(),
      person_id: member,
      public_key: 'k',
      credential_id: randomUUID(),
      counter: 0,
      device_type: 'singleDevice',
      backed_up: false,
    } as never)
    .execute()
  return {
    workspace,
    connection,
    account: account.id,
    flow: flow.id,
    key: key.id,
    member,
    invited,
    event,
    app,
    webhook,
    delivery,
    ...secrets,
    ...seeded,
    posts: await seedPosts(store, workspace, connection, account.id),
  }
}

export const newWebhook = (id: string = randomUUID()) => ({
  id,
  url: 'https://app.example.com/hooks',
  events: null,
  secret: 'sealed',
  created_at: new Date(),
  created_by: 'Owner',
})

export const newSession = (parts: Partial<NewConnectSession> = {}): NewConnectSession => ({
  id: randomUUID(),
  token_hash: sha256(randomUUID()),
  providers: null,
  reconnects: null,
  return_to: '/settings',
  complete_at: '/complete',
  end_user: 'ada',
  end_user_name: 'Ada',
  created_by: 'API key',
  created_at: new Date(),
  expires_at: new Date(Date.now() + 600_000),
  ...parts,
})

async function seedSessions(store: Store, workspace: string) {
  const [browser, token, code] = [randomUUID(), randomUUID(), randomUUID()]
  const { id: session } = await store.connectSessions.create(workspace, newSession())
  const later = new Date(Date.now() + 600_000)
  await store.connectSessions.use(workspace, session, sha256(browser), new Date(), later)
  await store.connectSessions.create(workspace, newSession({ token_hash: sha256(token) }))
  const held = newFlow({ connect_session: session, complete_at: '/complete' })
  const hashes = { state_hash: sha256(randomUUID()), binding_hash: sha256(randomUUID()) }
  await store.flows.start(workspace, held, { ...hashes, ticket_hash: null, verifier: null }, LIMIT)
  const hold = { codeHash: sha256(code), tokens: 'sealed held tokens', expiresAt: later }
  await store.completions.hold(workspace, held.id, hold)
  return { session, browser, unopened: token, held: held.id, code }
}

/** A flow by credentials that waits for a code, one that waits for a hosted page, and a link that was sent. */
async function seedAttempts(store: Store, workspace: string) {
  const [notice, linkToken] = [randomUUID(), randomUUID()]
  const begin = async () => {
    const flow = newFlow({ kind: 'credentials' })
    const hashes = { state_hash: sha256(randomUUID()), binding_hash: sha256(randomUUID()) }
    await store.flows.start(workspace, flow, { ...hashes, ticket_hash: null, verifier: null }, LIMIT)
    return flow.id
  }
  const [waiting, hosted] = [await begin(), await begin()]
  const attempt = randomUUID()
  const later = new Date(Date.now() + 300_000)
  const limit = { most: 100, since: new Date(0) }
  await store.attempts.begin(workspace, waiting, { attempt, held: 'sealed', now: new Date(), leaseUntil: later, limit })
  await store.attempts.wait(workspace, waiting, attempt, {
    ...{ serviceId: 'intent', checkpoint: { type: 'code', resend: true }, endsAt: later },
    ...{ resendAt: new Date(0), overAt: later },
  })
  await store.attempts.hosted(workspace, hosted, {
    ...{ attempt: randomUUID(), notifyHash: sha256(notice), checkpoint: { type: 'hosted' } },
    ...{ endsAt: later, overAt: later },
  })
  const link = await store.connectLinks.create(workspace, newLink({ token_hash: sha256(linkToken) }))
  return { waiting, attempt, hosted, notice, link: link.id, linkToken }
}

export const newLink = (parts: Partial<NewConnectLink> = {}): NewConnectLink => ({
  id: randomUUID(),
  token_hash: sha256(randomUUID()),
  provider: 'linkedin',
  client_name: 'Ada',
  reconnects: null,
  created_by: 'Owner',
  created_at: new Date(),
  expires_at: new Date(Date.now() + 600_000),
  ...parts,
})

export interface Table {
  name: string
  /** The columns of its primary key, in order. */
  key: string[]
  columns: Column[]
}

export interface Column {
  name: string
  type: string
  nullable: boolean
  defaulted: boolean
  /** PostgreSQL computes it: nobody writes it. */
  generated: boolean
}

/** Every table of the schema as the database has it, but those that only its owner knows. */
export async function tablesOf(database: Pick<TestDatabase, 'query'>): Promise<Table[]> {
  const tables = await database.query<{ name: string; key: string[] }>(`
    select c.relname as name, array(
      select a.attname::text from unnest(i.indkey) with ordinality as k(attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum order by k.place) as key
    from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'mooring'::regnamespace and c.relkind = 'r' and c.relname not in ('migrations', 'app_login')
    order by 1`)
  const columns = await database.query<Column & { table: string }>(`
    select table_name as "table", column_name as name, udt_name as type, is_nullable = 'YES' as nullable,
           column_default is not null as defaulted, is_generated = 'ALWAYS' as generated
    from information_schema.columns where table_schema = 'mooring' order by ordinal_position`)
  return tables.map((table) => ({
    ...table,
    columns: columns.filter((one) => one.table === table.name).map(({ table: _, ...column }) => column),
  }))
}

/** Tables of workspaces whose ids and times the instance may read over all of them, for what runs in the background. */
export const OPEN_TO_THE_INSTANCE = [
  ...['due_refreshes', 'flow_attempts', 'flow_completions', 'invitations', 'letters_due', 'members', 'webhooks_due'],
  'deliveries_due',
]

export const hasWorkspace = (table: Table) => table.columns.some((column) => column.name === 'workspace_id')

/** Everything that a superuser finds of one workspace, to compare before and after. */
export async function everythingOf(database: Pick<TestDatabase, 'query'>, workspace: string): Promise<string> {
  const found: Record<string, unknown> = {}
  for (const table of await tablesOf(database)) {
    const column = hasWorkspace(table) ? 'workspace_id' : table.name === 'workspaces' ? 'id' : undefined
    if (column === undefined) continue
    found[table.name] = await database.query(
      `select to_jsonb(t) as row from mooring.${table.name} t where ${column} = $1 order by to_jsonb(t)::text`,
      [workspace],
    )
  }
  return JSON.stringify(found)
}

/** A connection string for a role of this server, as an operator would write it. */
export function urlOf(admin: pg.ClientConfig, user: string, password: string, query = ''): string {
  const host = encodeURIComponent(String(admin.host))
  return `postgres://${user}:${password}@${host}:${admin.port}/${admin.database}${query}`
}

/** One statement as a superuser of the whole server. */
export async function asRoot(root: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(root)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
