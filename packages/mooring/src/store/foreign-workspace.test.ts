/**
 * Attack #14: every method of every repository, called for one workspace with the ids of another. Done twice: as the
 * server, and as a superuser, whom row-level security does not bind, so that the `where` alone is proved as well.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import type { Problem } from './connections.ts'
import { createDb, type Db } from './database.ts'
import type { FlowRow } from './flows.ts'
import { openDatabase } from './open.ts'
import { newFile, newPost } from './posts-testing.ts'
import { createStore, type Store } from './store.ts'
import {
  everythingOf,
  LIMIT,
  newAccount,
  newConnection,
  newEvent,
  newFlow,
  newLink,
  newSession,
  newWebhook,
  type Seeded,
  seedWorkspace,
  sha256,
} from './testing.ts'

const problem: Problem = {
  state: 'reauthorize',
  code: 'reauthorize',
  message: '',
  detail: '',
  providerCode: '',
  nextTryAt: null,
  dueAt: null,
}
const secrets = () => ({
  state_hash: sha256(randomUUID()),
  binding_hash: sha256(randomUUID()),
  ticket_hash: null,
  verifier: null,
})
const LEASE = randomUUID()
/** What the limit is counted by, as its owner would give it. */
const flowRow = (it: Seeded) =>
  ({ ...newFlow({ id: it.waiting, kind: 'credentials' }), workspace_id: it.workspace }) as unknown as FlowRow
const soon = () => new Date(Date.now() + 1000)

/** The repositories whose every method takes the workspace first. The others hold the instance's own tables. */
const NOT_OF_ONE = [
  'workspaces',
  'access',
  'people',
  'signIn',
  'alerts',
  'due',
  'letters',
  'webhookOutbox',
  'overdue',
  'processes',
  'grants',
  'pushes',
  'sealed',
  'foreignSql',
  'budgets',
  'deliveryQueue',
] as const
type Repositories = Omit<Store, (typeof NOT_OF_ONE)[number] | 'ping' | 'pool' | 'close'>
type AfterWorkspace<Method> = Method extends (workspace: string, ...rest: infer Rest) => unknown ? Rest : never

/** A method's arguments after the workspace, with everything as its owner would give it; and what must come back. */
const FOREIGN: {
  [R in keyof Repositories]: {
    [M in keyof Repositories[R]]: { args: (it: Seeded) => AfterWorkspace<Repositories[R][M]>; answer: unknown }
  }
} = {
  audit: {
    page: { args: () => [{}, undefined, 100], answer: [] },
    add: { args: () => [[]], answer: undefined },
    expire: { args: () => [new Date()], answer: 0 },
  },
  // First, while nothing has happened in the other workspace.
  events: {
    all: { args: () => [undefined, 100], answer: [] },
    page: { args: (it) => [it.connection, undefined, 100], answer: [] },
  },
  onboarding: {
    get: {
      args: () => [],
      answer: { seenAt: null, hasProfile: false, hasWebhook: false, providers: [], said: new Map() },
    },
    say: { args: () => ['webhook', 'open', new Date()], answer: undefined },
  },
  // Then, while the other workspace has no connection of its own for the same outside identity.
  imports: {
    find: { args: () => ['linkedin', 'mara'], answer: undefined },
    write: {
      args: () => [{ newId: LEASE, provider: 'linkedin', registration: 'linkedin', subject: 'mara' }, () => ({})],
      // The id that was brought along: none was found.
      answer: { id: LEASE, decided: {} },
    },
  },
  connections: {
    token: { args: (it) => [it.connection], answer: undefined },
    get: { args: (it) => [it.connection], answer: undefined },
    some: { args: (it) => [[it.connection]], answer: [] },
    bySubject: { args: () => ['linkedin', 'mara'], answer: undefined },
    live: { args: () => ['linkedin'], answer: [] },
    page: { args: () => [undefined, 100], answer: [] },
    lease: { args: (it) => [it.connection, { token_version: '1', failures: 0 }, randomUUID()], answer: undefined },
    release: { args: (it) => [it.connection, LEASE], answer: undefined },
    prolong: { args: (it) => [it.connection, LEASE], answer: undefined },
    lookAgain: { args: (it) => [it.connection, 'linkedin', new Date()], answer: undefined },
    storeTokens: {
      args: (it) => [it.connection, '1', { access_token: 'theirs', access_expires_at: null, dueAt: null }, newEvent()],
      answer: false,
    },
    storeProblem: { args: (it) => [it.connection, '1', problem, newEvent()], answer: false },
    markAlive: { args: (it) => [it.connection, '1', { at: new Date() }], answer: undefined },
    storeKnown: { args: (it) => [it.connection, '1', { scopes: ['theirs'] }], answer: undefined },
    markTested: { args: (it) => [it.connection, new Date()], answer: undefined },
    keepSeat: { args: (it) => [it.connection, { made: true, kept: 'theirs' }], answer: undefined },
    disconnect: { args: (it) => [it.connection, newEvent()], answer: undefined },
    // The same outside identity is another connection there.
    upsert: {
      args: () => [
        { newId: randomUUID(), provider: 'linkedin', registration: 'linkedin', subject: 'mara' },
        () => newConnection({ label: 'theirs' }),
        () => newEvent(),
      ],
      answer: { id: expect.any(String), existed: false, ended: 0 },
    },
  },
  registrations: {
    find: { args: (it) => [it.app], answer: undefined },
    list: { args: () => [], answer: [] },
    add: {
      args: () => [
        {
          id: randomUUID(),
          name: `linkedin-${randomUUID()}`,
          app: 'linkedin',
          client_id: 'theirs',
          client_secret: null,
          scopes: null,
          settings: {},
          created_at: new Date(),
          created_by: 'them',
        },
        50,
      ],
      answer: true,
    },
    change: { args: (it) => [it.app, { client_id: 'theirs' }, new Date()], answer: undefined },
    used: { args: () => [], answer: new Map() },
    remove: { args: (it) => [it.app], answer: 'none' },
  },
  webhooks: {
    list: { args: () => [], answer: [] },
    get: { args: (it) => [it.webhook], answer: undefined },
    add: { args: () => [newWebhook(), 20], answer: true },
    change: { args: (it) => [it.webhook, { url: 'https://theirs.example', paused: true }, soon()], answer: undefined },
    remove: { args: (it) => [it.webhook], answer: false },
    deliveries: { args: (it) => [it.webhook, undefined, 100], answer: [] },
    addTest: { args: (it) => [it.webhook, randomUUID(), 'webhook.test', new Date()], answer: false },
    replay: { args: (it) => [it.webhook, it.delivery, soon()], answer: undefined },
    toSend: { args: (it) => [it.delivery], answer: undefined },
    settle: {
      args: (it) => [
        it.delivery,
        { at: soon(), tries: 9, status: 410, fault: 'status', again: null },
        { why: 'gone', unlessSince: undefined, told: newEvent('webhook.paused') },
      ],
      answer: false,
    },
    hold: { args: (it) => [it.delivery], answer: undefined },
    expire: { args: () => [soon()], answer: 0 },
  },
  notifications: {
    choices: { args: () => [], answer: [] },
    choose: { args: (it) => [it.member, [{ kind: 'connection.connected', letter: true }]], answer: false },
    postponeLetters: { args: (it) => [[it.event], soon()], answer: undefined },
    dropLetters: { args: (it) => [[it.event]], answer: undefined },
    eventsOf: { args: (it) => [[it.event]], answer: [] },
  },
  members: {
    list: { args: () => [], answer: [] },
    setRole: { args: (it) => [it.member, 'viewer', undefined, () => {}], answer: 'none' },
    remove: { args: (it) => [it.member, undefined, () => {}], answer: 'none' },
    invitations: { args: () => [new Date()], answer: [] },
    withdraw: { args: (it) => [it.invited, undefined, () => {}], answer: false },
    invite: {
      args: (it) => [
        {
          id: randomUUID(),
          token_hash: sha256(it.invited),
          email: 'theirs@example.com',
          role: 'viewer',
          invited_by: 'them',
          invited_by_id: null,
          created_at: new Date(),
          expires_at: soon(),
        },
        () => {},
      ],
      answer: expect.objectContaining({ email: 'theirs@example.com' }),
    },
  },
  media: {
    // First, while the other workspace has none.
    page: { args: () => [undefined, 100], answer: [] },
    add: { args: () => [newFile()], answer: expect.objectContaining({ file_name: 'a.png' }) },
    get: { args: (it) => [it.posts.file], answer: undefined },
    variant: { args: (it) => [it.posts.file, 'preview'], answer: undefined },
    remove: { args: (it) => [it.posts.file], answer: undefined },
    dropUnused: { args: () => [new Date(0), 100], answer: [] },
    // It is nobody's there.
    unknown: { args: (it) => [[it.posts.file]], answer: [expect.any(String)] },
  },
  posts: {
    // Their deliveries' ids are taken, and so is the key of the workspace that has it.
    create: {
      args: () => [newPost(), [], new Date(), undefined],
      answer: expect.objectContaining({ repeated: false }),
    },
    change: {
      args: (it) => [it.posts.post, 1, () => ({ set: { draft: true }, deliveries: [] }), new Date()],
      answer: { refused: 'not_found' },
    },
    remove: { args: (it) => [it.posts.post], answer: { refused: 'not_found' } },
    get: { args: (it) => [it.posts.post], answer: undefined },
    page: { args: (it) => [{ account: it.account }, undefined, 100], answer: [] },
    changed: {
      args: (it) => [{ at: new Date(Date.now() + 60_000), id: it.posts.post }],
      answer: { posts: [], more: false, now: expect.any(Date) },
    },
    media: { args: (it) => [[it.posts.file]], answer: [] },
  },
  deliveries: {
    detail: { args: (it) => [it.posts.delivery], answer: undefined },
    externalIds: { args: (it) => [it.account, randomUUID()], answer: new Set() },
    nextTries: { args: (it) => [[it.posts.delivery]], answer: new Map() },
    left: { args: (it) => [[it.posts.sending]], answer: new Set() },
    act: {
      args: (it) => [it.posts.delivery, new Date(), () => ({ set: { state: 'cancelled' as const } })],
      answer: { refused: 'not_found' },
    },
    after: { args: (it) => [[{ connection: it.connection, at: new Date(0) }]], answer: new Map() },
  },
  deliveryWork: {
    takeOne: { args: (it) => [it.posts.delivery, new Date(), randomUUID()], answer: undefined },
    load: { args: (it) => [it.posts.sending, it.posts.lease], answer: undefined },
    write: {
      args: (it) => [it.posts.sending, it.posts.lease, new Date(), { set: { state: 'failed' as const } }],
      answer: false,
    },
    late: {
      args: (it) => [it.posts.sending, new Date(), { id: it.posts.tried, outcome: 'accepted' as const }, { a: 1 }],
      answer: false,
    },
  },
  publishing: {
    get: { args: () => [], answer: expect.objectContaining({ zone: 'UTC' }) },
    change: { args: () => [{ zone: 'Europe/Rome' }], answer: undefined },
    taken: { args: () => [[new Date(0)]], answer: [] },
  },
  accounts: {
    some: { args: (it) => [[it.account]], answer: [] },
    page: { args: (it) => [{ connection: it.connection }, undefined, 100], answer: [] },
    ofConnections: { args: (it) => [[it.connection]], answer: [] },
    holding: { args: () => ['linkedin', ['urn:li:person:mara']], answer: [] },
    get: { args: (it) => [it.account], answer: undefined },
    storeTraits: { args: (it) => [it.connection, [{ subject: 's', traits: { plan: 'theirs' } }]], answer: undefined },
    storeTokens: { args: (it) => [it.connection, [{ id: it.account, access_token: 'theirs' }]], answer: undefined },
    // A connection that is not there can have no accounts: the database itself says so.
    choose: {
      args: (it) => [{ id: it.connection, provider: 'linkedin' }, [newAccount('theirs')], true, new Date()],
      answer: { refused: 'SQLSTATE 23503' },
    },
  },
  flows: {
    start: { args: (it) => [newFlow({ reconnects: it.connection }), secrets(), LIMIT], answer: {} },
    lastOf: { args: () => ['linkedin', new Date(0)], answer: undefined },
    get: { args: (it) => [it.flow], answer: undefined },
    byState: { args: (it) => [sha256(it.state)], answer: undefined },
    peek: { args: (it) => [sha256(it.state)], answer: undefined },
    bindingOf: { args: (it) => [it.flow], answer: undefined },
    reload: { args: (it) => [it.flow, [{ subject: 'theirs' }]], answer: undefined },
    consume: { args: (it) => [sha256(it.state), sha256(it.binding)], answer: undefined },
    claim: { args: (it) => [sha256(it.ticket), secrets, soon()], answer: undefined },
    byTicket: { args: (it) => [sha256(it.ticket), new Date()], answer: undefined },
    checkpoint: {
      args: (it) => [
        it.flow,
        { connection_id: it.connection, granted_scopes: [], outcome: 'connected', candidates: [] },
      ],
      answer: undefined,
    },
    connected: {
      args: (it) => [it.flow, { connection_id: it.connection, granted_scopes: [], outcome: 'connected' }],
      answer: undefined,
    },
    chosen: {
      args: (it) => [it.flow, { id: it.connection, provider: 'linkedin' }, [], new Date()],
      answer: false,
    },
    fail: {
      args: (it) => [it.flow, { code: 'internal', message: '', detail: undefined }, 'failed'],
      answer: undefined,
    },
  },
  completions: {
    hold: { args: (it) => [it.flow, { codeHash: sha256('x'), tokens: 'theirs', expiresAt: soon() }], answer: false },
    renew: { args: (it) => [it.held, sha256('theirs')], answer: undefined },
    take: { args: (it) => [it.held, sha256(it.code), new Date()], answer: undefined },
  },
  attempts: {
    begin: {
      args: (it) => [
        it.flow,
        { attempt: LEASE, held: 'theirs', now: new Date(), leaseUntil: soon(), limit: { most: 9, since: new Date(0) } },
      ],
      answer: undefined,
    },
    tries: { args: (it) => [flowRow(it), new Date(0)], answer: [] },
    answer: { args: (it) => [it.waiting, soon()], answer: undefined },
    hold: { args: (it) => [it.waiting, it.attempt, soon()], answer: undefined },
    retrying: { args: (it) => [it.waiting, it.attempt, { times: 1, at: null, leaseUntil: soon() }], answer: false },
    wait: {
      args: (it) => [
        it.waiting,
        it.attempt,
        { serviceId: 'theirs', checkpoint: { type: 'code' }, endsAt: soon(), resendAt: null, overAt: soon() },
      ],
      answer: false,
    },
    formAgain: {
      args: (it) => [
        it.waiting,
        it.attempt,
        { code: 'internal', message: '', detail: undefined, againAt: null, until: soon() },
      ],
      answer: false,
    },
    over: { args: (it) => [it.waiting], answer: null },
    mayPoll: { args: (it) => [it.waiting, it.attempt, new Date(), soon()], answer: false },
    mayResend: { args: (it) => [it.waiting, new Date(), soon()], answer: undefined },
    hosted: {
      args: (it) => [
        it.hosted,
        { attempt: LEASE, notifyHash: sha256('x'), checkpoint: { type: 'hosted' }, endsAt: soon(), overAt: soon() },
      ],
      answer: undefined,
    },
    byNotice: { args: (it) => [sha256(it.notice)], answer: undefined },
    leasedUntil: { args: (it) => [it.waiting], answer: undefined },
    lookAgain: { args: (it) => [it.waiting, soon()], answer: undefined },
  },
  connectLinks: {
    page: { args: () => [undefined, 100], answer: [] },
    create: { args: () => [newLink()], answer: expect.objectContaining({ client_name: 'Ada' }) },
    byToken: { args: (it) => [sha256(it.linkToken)], answer: undefined },
    use: { args: (it) => [it.link, it.connection, new Date()], answer: undefined },
    remove: { args: (it) => [it.link], answer: false },
  },
  connectSessions: {
    create: { args: () => [newSession()], answer: expect.objectContaining({ end_user: 'ada' }) },
    byToken: { args: (it) => [sha256(it.unopened)], answer: undefined },
    byBrowser: { args: (it) => [it.session, sha256(it.browser)], answer: undefined },
    use: { args: (it) => [it.session, sha256('theirs'), new Date(), soon()], answer: undefined },
    isOpened: { args: (it) => [it.session], answer: false },
    flowOf: { args: (it) => [it.session], answer: undefined },
  },
  forecast: {
    ending: { args: () => [new Date('2100-01-01'), 100], answer: [] },
    counts: { args: () => [[new Date('2100-01-01')]], answer: [0] },
  },
}

const listed = Object.entries(FOREIGN).flatMap(([repository, methods]) =>
  Object.entries(methods).map(([method, one]) => [`${repository}.${method}`, one as Listed] as const),
)
const cases = new Map<string, Listed>(listed)
interface Listed {
  args: (it: Seeded) => unknown[]
  answer: unknown
}

/** What a store has at run time, whatever its type says. */
const methodsOf = (store: Store) =>
  Object.entries(store).flatMap(([repository, methods]) =>
    typeof methods === 'object' && !NOT_OF_ONE.some((one) => one === repository)
      ? Object.keys(methods).map((method) => `${repository}.${method}`)
      : [],
  )

const openers: [string, (database: TestDatabase) => Promise<Db>][] = [
  ['the server', (database) => openDatabase({ admin: database.admin }, silent)],
  ['a superuser, whom row-level security does not bind', async (database) => createDb({ ...database.admin }, silent)],
]

describe.each(openers)('#14 a foreign workspace, as %s', (_, open) => {
  let database: TestDatabase
  let db: Db
  let store: Store
  let owner: Seeded
  let before: string
  const other = randomUUID()
  beforeAll(async () => {
    database = await testDatabase()
    db = await open(database)
    store = createStore(db)
    owner = await seedWorkspace(store, 'Owner')
    await store.workspaces.create(other, 'Other', null)
    // At a checkpoint and under a lease, so that there is something to take in every method.
    await database.query('update mooring.connections set lease_id = $1', [LEASE])
    await database.query("update mooring.flows set state = 'checkpoint' where id = $1", [owner.flow])
    before = await everythingOf(database, owner.workspace)
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })

  const call = async (name: string, workspace: string): Promise<unknown> => {
    const [repository = '', method = ''] = name.split('.')
    const found = store[repository as 'connections'][method as 'get'] as unknown as (
      ...args: unknown[]
    ) => Promise<unknown>
    try {
      return await found(workspace, ...(cases.get(name)?.args(owner) ?? []))
    } catch (error) {
      return { refused: (error as { detail?: string; code?: string }).detail ?? (error as { code?: string }).code }
    }
  }

  it('is tried with every method that there is', () => {
    expect(methodsOf(store).sort()).toEqual([...cases.keys()].sort())
    expect(Object.keys(store).sort()).toEqual([
      'access',
      'accounts',
      'alerts',
      'attempts',
      'audit',
      'budgets',
      'close',
      'completions',
      'connectLinks',
      'connectSessions',
      'connections',
      'deliveries',
      'deliveryQueue',
      'deliveryWork',
      'due',
      'events',
      'flows',
      'forecast',
      'foreignSql',
      'grants',
      'imports',
      'letters',
      'media',
      'members',
      'notifications',
      'onboarding',
      'overdue',
      'people',
      'ping',
      'pool',
      'posts',
      'processes',
      'publishing',
      'pushes',
      'registrations',
      'sealed',
      'signIn',
      'webhookOutbox',
      'webhooks',
      'workspaces',
    ])
  })

  it.each([...cases.keys()])('%s finds nothing and changes nothing of the owner', async (name) => {
    expect(await call(name, other)).toEqual(cases.get(name)?.answer)
    expect(await everythingOf(database, owner.workspace)).toBe(before)
  })

  it.each([...cases.keys()])('%s changes nothing under a workspace that does not exist', async (name) => {
    const answer = await call(name, randomUUID())
    const makers = [
      'connectLinks.create',
      'connections.upsert',
      'flows.start',
      'accounts.choose',
      'members.invite',
      'connectSessions.create',
      'registrations.add',
      'webhooks.add',
      'media.add',
      'posts.create',
    ]
    const creates = makers.includes(name)
    if (creates) expect(answer).toEqual({ refused: 'SQLSTATE 23503' })
    else expect(answer).toEqual(cases.get(name)?.answer)
    expect(await everythingOf(database, owner.workspace)).toBe(before)
  })

  it.each([...cases.keys()])('%s takes no workspace that is no id', async (name) => {
    for (const workspace of ['', '*', "' or true --", `${owner.workspace} `]) {
      const answer = await call(name, workspace)
      expect(answer, workspace).toEqual({ refused: 'not_found' })
    }
    expect(await everythingOf(database, owner.workspace)).toBe(before)
  })

  it('is told from its owner: for the owner each of them does find or change something', async () => {
    const found = await call('connections.token', owner.workspace)
    expect(found).toMatchObject({ access_token: 'sealed access token' })
    expect(await call('flows.chosen', owner.workspace)).toBe(true)
    expect(await everythingOf(database, owner.workspace)).not.toBe(before)
    expect(await call('connections.release', owner.workspace)).toBeUndefined()
    expect(await call('connections.lease', owner.workspace)).toMatchObject({ access_token: 'sealed access token' })
    expect(await call('connectSessions.byToken', owner.workspace)).toMatchObject({ used_at: null })
    expect(await call('connectSessions.byBrowser', owner.workspace)).toMatchObject({ id: owner.session })
    expect(await call('connectSessions.isOpened', owner.workspace)).toBe(true)
    expect(await call('connectSessions.flowOf', owner.workspace)).toBe(owner.held)
    expect(await call('completions.take', owner.workspace)).toMatchObject({ tokens: 'sealed held tokens' })
    expect(await call('flows.byTicket', owner.workspace)).toMatchObject({ id: owner.flow })
    expect(await call('flows.consume', owner.workspace)).toMatchObject({ flow_id: owner.flow })
    expect(await call('connections.storeProblem', owner.workspace)).toBe(true)
    expect(await call('connections.storeTokens', owner.workspace)).toBe(true)
    expect(await call('connections.page', owner.workspace)).toHaveLength(1)
    expect(await call('accounts.page', owner.workspace)).toHaveLength(1)
    expect(await call('events.page', owner.workspace)).toHaveLength(3)
  })
})
