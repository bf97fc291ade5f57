import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getAccessToken } from '../../src/connections/access-token.ts'
import { availableAccounts, setAccounts } from '../../src/connections/candidates.ts'
import { disconnect } from '../../src/connections/disconnect.ts'
import { keepFresh } from '../../src/connections/keep-fresh.ts'
import { proxy } from '../../src/connections/proxy.ts'
import { forceRefresh } from '../../src/connections/refresh.ts'
import { testConnection } from '../../src/connections/test-connection.ts'
import { chooseAccounts, giveUp } from '../../src/flows/choose.ts'
import { claimTicket, previewTicket } from '../../src/flows/start.ts'
import { viewFlow } from '../../src/flows/view.ts'
import { createApp } from '../../src/http/app.ts'
import type { HttpOptions } from '../../src/http/context.ts'
import { openQueue, REFRESH } from '../../src/jobs/queue.ts'
import { silent } from '../../src/runtime.ts'
import { BASE, createWorld, type TestBrowser, type World } from '../world.ts'
import { ask, bearer, connectIn, dump, rows, secondTenant, startIn, type Tenant } from './support.ts'

const TABLES = [
  ...(['connections', 'accounts', 'flows', 'flow_states', 'events', 'grant_holders'] as const),
  ...(['past_holders', 'due_refreshes', 'workspaces', 'erasures', 'people', 'members'] as const),
]

interface Mine {
  link: string
  person: string
  invited: string
  app: string
  webhook: string
  post: string
  delivery: string
  file: string
  account: string
  connection: string
  pending: string
  waiting: string
  ticket: string
}

/** Whose the id in a route's path is. None: it is no workspace's, and has attacks of its own. */
const WHOSE: Record<string, (mine: Mine) => string[]> = {
  '/api/v1/connections/': ({ connection }) => [connection],
  '/api/v1/accounts/': ({ account }) => [account],
  '/api/v1/proxy/': ({ connection }) => [connection],
  '/api/v1/members/': ({ person }) => [person],
  '/api/v1/invitations/': ({ invited }) => [invited],
  '/api/v1/flows/': ({ pending, waiting }) => [pending, waiting],
  '/api/v1/registrations/': ({ app }) => [app],
  '/api/v1/webhooks/': ({ webhook }) => [webhook],
  '/api/v1/posts/': ({ post }) => [post],
  '/api/v1/deliveries/': ({ delivery }) => [delivery],
  '/api/v1/media/': ({ file }) => [file],
  // The same in every workspace.
  '/api/v1/onboarding/': () => [],
  // Of the instance: no key of a workspace may touch them, tried below.
  '/api/v1/api-keys/': () => [],
  '/api/v1/providers/': () => [],
  // Signed, and bound to a workspace: tried below.
  '/api/v1/pictures/': () => [],
  // Signed, and tried in http/media-public.test.ts.
  '/media/': () => [],
  // A person's own: no key reaches them at all, tried below.
  '/api/v1/me/': () => [],
  // Kinds of a secret, not of an id.
  '/start/': () => [],
  // Opened by the cookie of the browser that took the link: attacks #3.
  '/connect-session/': () => [],
  // Opened by the cookie of the browser that holds the flow: connections/seats.test.ts.
  '/connect/': () => [],
  '/hosted/': () => [],
  '/api/v1/connect-links/': ({ link }) => [link],
  '/callback/': () => [],
  '/push/': () => [],
  // A signature, and no id.
  '/tick/': () => [],
  '/docs/': () => [],
}

const ANY_SESSION = { endUser: { id: 'ada' }, returnTo: '/settings', completeAt: '/complete' }

/** What changes something and names no id in its path: what a foreign key sends there, and its answer. */
const WITHOUT_ID: Record<string, (mine: Mine & { workspace: string }) => [unknown, number][]> = {
  'POST /api/v1/session': () => [[{ token: 'x'.repeat(43) }, 403]],
  'DELETE /api/v1/session': () => [[undefined, 403]],
  'POST /api/v1/session/password': () => [[{ email: 'a@example.com', password: 'x' }, 403]],
  'POST /api/v1/session/second-step': () => [[{ code: '123456' }, 403]],
  'POST /api/v1/session/passkey/options': () => [[undefined, 403]],
  'POST /api/v1/session/passkey': () => [[{ response: { id: 'x', response: {} } }, 403]],
  'POST /api/v1/session/oidc': () => [[{}, 403]],
  'POST /api/v1/session/reset-request': () => [[{ email: 'a@example.com' }, 403]],
  'POST /api/v1/session/reset': () => [[{ token: 'x', password: 'x' }, 403]],
  'POST /api/v1/session/invitation': () => [[{ token: 'x' }, 403]],
  'POST /api/v1/session/invitation/accept': () => [[{ token: 'x' }, 403]],
  'PATCH /api/v1/me': () => [[{ name: 'mine' }, 403]],
  'PUT /api/v1/me/password': () => [[{ password: 'x' }, 403]],
  'POST /api/v1/me/email/letter': () => [[undefined, 403]],
  'POST /api/v1/me/email/confirm': () => [[{ token: 'x' }, 403]],
  'GET /api/v1/me/notifications': () => [[undefined, 403]],
  'PUT /api/v1/me/notifications': () => [[{ choices: [] }, 403]],
  'POST /api/v1/me/oidc': () => [[{}, 403]],
  'POST /api/v1/me/oidc/remove': () => [[{}, 403]],
  'POST /api/v1/me/authenticator': () => [[{}, 403]],
  'POST /api/v1/me/authenticator/confirm': () => [[{ code: '123456' }, 403]],
  'POST /api/v1/me/authenticator/remove': () => [[{}, 403]],
  'POST /api/v1/me/passkeys/options': () => [[undefined, 403]],
  'POST /api/v1/me/passkeys': () => [[{ response: { id: 'x', response: {} }, name: 'x' }, 403]],
  'DELETE /api/v1/me/sessions': () => [[undefined, 403]],
  'POST /api/v1/registrations': () => [[{ app: 'linkedin', clientId: 'x', clientSecret: 'y' }, 201]],
  'POST /api/v1/webhooks': () => [[{ url: 'https://app.example.com/hooks' }, 201]],
  'POST /api/v1/posts': ({ account }) => [
    [{ content: { text: 'x' }, targets: [{ accountId: account }], when: { how: 'now' } }, 422],
  ],
  // They say back which account they were asked about; that a foreign one is like none is tried in posts.test.ts.
  'POST /api/v1/posts/validate': () => [[{ content: { text: 'x' }, targets: [] }, 200]],
  'POST /api/v1/posts/dry-run': () => [[{ content: { text: 'x' }, targets: [] }, 200]],
  'PATCH /api/v1/publishing/settings': () => [[{}, 200]],
  // As JSON it is no file that any network takes.
  'POST /api/v1/media': () => [[{ x: 1 }, 422]],
  'POST /api/v1/links/preview': () => [[{ url: 'http://127.0.0.1/' }, 422]],
  'PUT /api/v1/onboarding': () => [[{ seen: true }, 403]],
  'POST /tick': () => [[undefined, 401]],
  'POST /api/v1/workspaces': () => [[{ name: 'mine' }, 403]],
  'PATCH /api/v1/workspace': () => [[{ name: 'mine' }, 403]],
  'POST /api/v1/workspace/erase': () => [[{ name: 'My workspace' }, 403]],
  'POST /api/v1/invitations': () => [[{ email: 'a@example.com', role: 'owner' }, 201]],
  'POST /api/v1/flows': ({ connection }) => [
    [{ reconnect: connection }, 404],
    [{ reconnect: crypto.randomUUID() }, 404],
  ],
  // By the cookie, too.
  'POST /connect-session': () => [[{ token: `mc_${'x'.repeat(64)}` }, 403]],
  'POST /api/v1/connect-links': ({ connection }) => [
    [{ provider: 'unipile', clientName: 'Ada', reconnects: connection }, 404],
    [{ provider: 'unipile', clientName: 'Ada', reconnects: crypto.randomUUID() }, 404],
  ],
  'POST /api/v1/connect-sessions': ({ workspace, connection }) => [
    [{ ...ANY_SESSION, workspaceId: workspace }, 403],
    [{ ...ANY_SESSION, workspaceId: crypto.randomUUID() }, 403],
    [{ ...ANY_SESSION, workspace: { externalId: 'some-customer' } }, 403],
    [{ ...ANY_SESSION, reconnects: connection }, 404],
    [{ ...ANY_SESSION, reconnects: crypto.randomUUID() }, 404],
  ],
  'POST /api/v1/api-keys': () => [[{ name: 'mine', scopes: ['connections:read'] }, 403]],
  'POST /api/v1/vault/rotate': () => [
    [{}, 403],
    [{ force: true }, 403],
  ],
  'POST /api/v1/connections/import': ({ workspace }) => [
    [{ dryRun: false, records: [{ provider: 'linkedin', accessToken: 'x', workspace }] }, 403],
    [{ dryRun: false, records: [{ provider: 'linkedin', accessToken: 'x', workspace: 'some-customer' }] }, 403],
  ],
}

describe('#14 cross-tenant read (confused deputy)', () => {
  let world: World
  let owner: TestBrowser
  let them: Tenant
  let mine: Mine
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
    them = await secondTenant(world)
    const connection = (await owner.connectAll()).connectionId
    const waiting = (await owner.connect({ provider: 'linkedin' }, { member: 'priya' })).flow.id
    const { body } = await world.api('POST', '/flows', { provider: 'linkedin' })
    const { person } = (await owner.send('GET', '/session')).body
    const own = { app: 'linkedin', clientId: 'x', clientSecret: 'y' }
    const app = (await owner.send('POST', '/registrations', own)).body.id
    const webhook = (await owner.send('POST', '/webhooks', { url: 'https://app.example.com/hooks' })).body.id
    const invited = (await owner.send('POST', '/invitations', { email: 'b@example.com', role: 'viewer' })).body.id
    const account = (await owner.send('GET', `/connections/${connection}`)).body.accounts[0].id
    const later = { how: 'at', at: { local: '2029-01-01T09:00', zone: 'Europe/Rome' } }
    const says = { content: { text: 'Later' }, targets: [{ accountId: account }], when: later }
    const post = (await owner.send('POST', '/posts', says)).body
    const sent = { provider: 'unipile', clientName: 'Ada' }
    const link = (await owner.send('POST', '/connect-links', sent)).body.id
    mine = {
      link,
      person: person.id,
      account,
      invited,
      app,
      webhook,
      post: post.id,
      delivery: post.deliveries[0].id,
      file: (await world.upload()).id,
      connection,
      waiting,
      pending: body.id,
      ticket: body.startUrl.split('/').at(-1),
    }
  })
  afterAll(() => world.close())
  const platform = () => JSON.stringify(world.sandbox.control.state().requests)

  it('lets the second tenant work: its key opens its own workspace', async () => {
    const { connection, error } = await connectIn(world, them.workspace, { member: 'ines' })
    expect(error).toBeUndefined()
    expect((await them.api('GET', `/connections/${connection}/token`)).status).toBe(200)
    expect((await world.api('GET', `/connections/${connection}`)).status).toBe(404)
    expect((await world.api('GET', `/connections/${connection}/token`)).status).toBe(404)
    await them.api('DELETE', `/connections/${connection}`)
    await world.database.query('delete from mooring.connections where id = $1', [connection])
  })

  /** Every route that there is, in the API's document or not. */
  function routes(): { method: string; path: string }[] {
    const { engine, workspace } = world.mooring
    const options = { engine, workspace, keys: {}, baseUrl: BASE, cookieSecrets: ['x'], docsDir: 'docs', proxy: {} }
    const made = createApp(options as unknown as HttpOptions).routes.filter((one) => one.method !== 'ALL')
    const named = new Map(made.map(({ method, path }) => [`${method} ${path}`, { method, path }]))
    return [...named.values()]
  }

  it('answers every route for a foreign id as for one that is not there, changes nothing, and asks no platform', async () => {
    const bodies: Record<string, unknown> = {
      accounts: { accounts: [] },
      complete: { code: 'x', endUser: { id: 'ada' } },
      credentials: { username: 'ada@example.com', password: 'x' },
      checkpoint: { code: '123456' },
      seat: { seat: 'x' },
      schedule: { version: 1, when: { how: 'draft' } },
      confirm: { live: false },
    }
    const ofGroup = (path: string) =>
      path.includes('/members/') ? { role: 'viewer' } : path.includes('/posts/') ? { version: 1 } : {}
    const stored = await rows(world, ...TABLES)
    const asked = platform()
    let tried = 0
    for (const { method, path } of routes().filter((one) => /[:*]/.test(one.path))) {
      const kind = Object.keys(WHOSE).find((prefix) => path.startsWith(prefix)) ?? ''
      expect(
        kind,
        `${method} ${path} is a new route with an id: say in WHOSE whose it is, so that it is tried`,
      ).not.toBe('')
      for (const id of WHOSE[kind]?.(mine) ?? []) {
        const call = async (which: string) => {
          const body = ['GET', 'HEAD', 'OPTIONS'].includes(method)
            ? undefined
            : (bodies[path.split('/').at(-1) ?? ''] ?? ofGroup(path))
          const address = path.replace(/:id(\{[^}]*\})?/, which).replace('*', 'v2/userinfo')
          const { status, text, headers } = await ask(world, method, address, bearer(them.key), body)
          const kept = [...headers].filter(([name]) => name !== 'x-request-id')
          return { status, text: text.replace(/"requestId":"[^"]+"/, ''), kept }
        }
        const answer = await call(id)
        expect(answer.status, `${method} ${path}`).toBe(method === 'OPTIONS' ? 204 : 404)
        expect(answer, `${method} ${path}`).toEqual(await call(crypto.randomUUID()))
        tried++
      }
    }
    expect(tried).toBeGreaterThan(18)
    expect(await rows(world, ...TABLES)).toBe(stored)
    expect(platform()).toBe(asked)
  })

  it('says nothing of another workspace on any route without an id', async () => {
    const theirs = { ...mine, workspace: world.workspace, name: 'Mara Lindqvist' }
    const stored = await rows(world, ...TABLES)
    // A stream that does not end: what it tells is tried in posts-events.test.ts.
    const ends = routes().filter((one) => one.path !== '/api/v1/posts/events')
    for (const { method, path } of ends.filter((one) => !/[:*]/.test(one.path))) {
      const name = `${method} ${path}`
      if (method === 'GET') {
        const { text, status } = await ask(world, 'GET', path, bearer(them.key))
        // The document's examples bear the name that the simulated platform's first person has.
        const { name: _, ...ids } = theirs
        const secret = /openapi|docs/.test(path) ? ids : theirs
        expect(status, name).toBeLessThan(500)
        for (const [what, value] of Object.entries(secret))
          expect(text.includes(value), `${name} shows ${what}`).toBe(false)
      } else {
        expect(
          Object.keys(WITHOUT_ID),
          `${name} is a new route: say in WITHOUT_ID what a foreign key may not do there`,
        ).toContain(name)
        for (const [body, status] of WITHOUT_ID[name]?.(theirs) ?? []) {
          const answer = await ask(world, method, path, bearer(them.key), body)
          expect(answer.status, `${name} ${answer.text}`).toBe(status)
          for (const [what, value] of Object.entries(theirs))
            expect(answer.text.includes(value), `${name} shows ${what}`).toBe(false)
        }
      }
    }
    expect(await rows(world, ...TABLES)).toBe(stored)
  })

  it('lists nothing of another workspace, by filter or by cursor', async () => {
    const cursor =
      (await world.api('GET', '/connections?limit=1')).body.nextCursor ??
      Buffer.from(`0 ${mine.connection}`).toString('base64url')
    for (const path of [
      '/connections',
      `/connections?cursor=${cursor}`,
      '/accounts',
      '/accounts?provider=linkedin',
      `/accounts?connection=${mine.connection}`,
      `/accounts?workspace=${world.workspace}&workspaceId=${world.workspace}&workspace_id=${world.workspace}`,
    ]) {
      const answer = await them.api('GET', path)
      expect(answer.status, path).toBe(200)
      expect(answer.body.data, path).toEqual([])
    }
  })

  it('takes no workspace from a header, a query or a body', async () => {
    const { key, workspace } = them
    for (const name of ['x-workspace', 'x-workspace-id', 'x-mooring-workspace', 'workspace']) {
      const answer = await world.api('GET', `/connections?workspace=${world.workspace}`, undefined, {
        authorization: `Bearer ${key}`,
        [name]: world.workspace,
      })
      expect(answer.body.data, name).toEqual([])
    }
    const started = await them.api('POST', '/flows', {
      provider: 'linkedin',
      workspace: world.workspace,
      workspace_id: world.workspace,
    })
    expect(started.status).toBe(201)
    const [row] = await world.database.query<{ workspace_id: string }>(
      'select workspace_id from mooring.flows where id = $1',
      [started.body.id],
    )
    expect(row?.workspace_id).toBe(workspace)
  })

  it('starts no reconnect and reuses no connection of another workspace', async () => {
    expect((await them.api('POST', '/flows', { reconnect: mine.connection })).status).toBe(404)
    const reuse = await them.api('POST', '/flows', { provider: 'linkedin', reuse: true })
    expect(reuse.status).toBe(201)
    expect(reuse.text).not.toContain(mine.connection)
  })

  it("gives a workspace's key no power over the instance's keys", async () => {
    const made = (await owner.send('POST', '/api/v1/api-keys', { name: 'mine', scopes: ['tokens:read'] })).body
    for (const [method, path, body] of [
      ['GET', '/api-keys', undefined],
      ['DELETE', `/api-keys/${made.id}`, undefined],
      ['POST', '/api-keys', { name: 'escalated', scopes: ['tokens:read', 'connections:read'] }],
    ] as const) {
      const answer = await them.api(method, path, body)
      expect(answer.status, `${method} ${path}`).toBe(403)
      expect(answer.text).not.toContain(made.id)
    }
    const kept = (await world.api('GET', '/api/v1/api-keys')).body.data.map((one: { id: string }) => one.id)
    expect(kept).toContain(made.id)
  })

  it('refuses every function of the engine the same way', async () => {
    const { engine } = world.mooring
    const { workspace } = them
    const acts: [string, () => Promise<unknown>][] = [
      ['getAccessToken', () => getAccessToken(engine, workspace, mine.connection)],
      ['forceRefresh', () => forceRefresh(engine, workspace, mine.connection)],
      ['testConnection', () => testConnection(engine, workspace, mine.connection)],
      ['disconnect', () => disconnect(engine, workspace, mine.connection, 'attacker')],
      ['availableAccounts', () => availableAccounts(engine, workspace, mine.connection)],
      ['setAccounts', () => setAccounts(engine, workspace, mine.connection, [], 'attacker')],
      ['viewFlow', () => viewFlow(engine, workspace, mine.pending)],
      ['chooseAccounts', () => chooseAccounts(engine, workspace, mine.waiting, [])],
      ['giveUp', () => giveUp(engine, workspace, mine.pending)],
      ['startFlow', () => startIn(world, workspace, { reconnect: mine.connection })],
      ['proxy', () => proxy(engine, workspace, callOf(mine.connection), { body: 1000, answer: 1000 }).answer],
    ]
    const stored = await rows(world, ...TABLES)
    const asked = platform()
    for (const [name, act] of acts) await expect(act(), name).rejects.toMatchObject({ code: 'not_found' })
    expect(await previewTicket(engine, mine.ticket, workspace)).toBeUndefined()
    await expect(claimTicket(engine, mine.ticket, workspace, BASE)).rejects.toMatchObject({ code: 'flow_finished' })
    expect(await keepFresh(engine, workspace, mine.connection)).toBe('gone')
    const [sealed] = await world.database.query<{ access_token: string }>(
      'select access_token from mooring.connections where id = $1',
      [mine.connection],
    )
    const value = { from: sealed?.access_token ?? '', to: 'taken' }
    const table = {
      table: 'connections',
      record: 'id',
      columns: ['access_token', 'refresh_token'],
      connection: true,
    } as const
    expect(
      await engine.store.sealed.swap(workspace, table, [{ record: mine.connection, values: [value, undefined] }]),
    ).toBe(0)
    expect(await rows(world, ...TABLES)).toBe(stored)
    expect(platform()).toBe(asked)
  })

  it('opens no value with the wrong workspace, though the row was read', async () => {
    const { engine, workspace } = world.mooring
    const [row] = await world.database.query<{ access_token: string }>(
      'select access_token from mooring.connections where id = $1',
      [mine.connection],
    )
    const place = { record: mine.connection, field: 'access_token' }
    expect(engine.vault.open(row?.access_token ?? '', { workspace: workspace.id, ...place })).toMatch(/^AQ/)
    expect(() => engine.vault.open(row?.access_token ?? '', { workspace: them.workspace, ...place })).toThrow(
      expect.objectContaining({ code: 'vault_tampered' }),
    )
  })

  it('shows a token to a key with tokens:read alone: not to a person, not to a lesser key', async () => {
    const path = `/connections/${mine.connection}/token`
    expect((await owner.send('GET', path)).status).toBe(403)
    const scopes = ['connections:read', 'connections:write', 'keys:write']
    const { key } = (await owner.send('POST', '/api/v1/api-keys', { name: 'lesser', scopes })).body
    const lesser = { authorization: `Bearer ${key}` }
    expect((await world.api('GET', path, undefined, lesser)).status).toBe(403)
    // Nor can it make itself a key that may.
    const escalated = await world.api('POST', '/api/v1/api-keys', { name: 'more', scopes: ['tokens:read'] }, lesser)
    expect(escalated.status).toBe(403)
    expect((await world.api('GET', path, undefined, { authorization: '' })).status).toBe(401)
    expect(await dump(world)).not.toContain('escalated')
  })
})

describe('#14 a job of the queue, forged or mixed up', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ background: true })
  })
  afterAll(() => world.close())

  it('does nothing where workspace and connection do not belong together, and nothing stops', async () => {
    const them = await secondTenant(world)
    const here = (await world.browser().connectAll()).connectionId
    const there = (await connectIn(world, them.workspace, { member: 'ines' })).connection
    // Whoever is looked at would be renewed, and no sweep looks by itself.
    world.advance(55 * 86_400)
    await world.database.query("update mooring.due_refreshes set due_at = due_at + interval '10 years'")
    const stored = await rows(world, 'connections', 'events', 'due_refreshes')
    const asked = JSON.stringify(world.sandbox.control.state().requests)
    const provider = 'linkedin'
    const forged: unknown[] = [
      { workspace: them.workspace, connection: here, provider },
      { workspace: world.workspace, connection: there, provider },
      { workspace: crypto.randomUUID(), connection: here, provider },
      { workspace: world.workspace, connection: crypto.randomUUID(), provider },
      { workspace: '*', connection: here, provider },
      { workspace: `${world.workspace}' or true --`, connection: here, provider },
      { connection: here, provider },
      { workspace: null, connection: [here], provider },
      { workspace: world.workspace, connection: here },
      [],
      {},
    ]
    const queue = await openQueue(world.mooring.engine.store.foreignSql, silent)
    const ids = await queue.insert(
      REFRESH,
      forged.map((data) => ({ data: data as object, singletonKey: crypto.randomUUID() })),
      { returnId: true },
    )
    expect(ids).toHaveLength(forged.length)
    const left = async () =>
      (
        await world.database.query('select id from mooring_jobs.job where id = any($1) and state not in ($2, $3)', [
          ids,
          'completed',
          'failed',
        ])
      ).length
    const end = Date.now() + 90_000
    while ((await left()) > 0 && Date.now() < end) await new Promise((done) => setTimeout(done, 100))
    expect(await left()).toBe(0)
    expect(await rows(world, 'connections', 'events', 'due_refreshes')).toBe(stored)
    expect(JSON.stringify(world.sandbox.control.state().requests)).toBe(asked)
    // A good one is done as ever.
    await queue.insert(REFRESH, [{ data: { workspace: them.workspace, connection: there, provider } }])
    while (!(await history(them, there)).includes('connection.refreshed') && Date.now() < end)
      await new Promise((done) => setTimeout(done, 100))
    expect(await history(them, there)).toContain('connection.refreshed')
    await queue.stop({ graceful: false, close: false })
  })

  const history = async (them: Tenant, id: string): Promise<string[]> =>
    (await them.api('GET', `/connections/${id}/events`)).body.data.map((one: { type: string }) => one.type)
})

const callOf = (connection: string) => ({
  connection,
  method: 'GET',
  target: '/v2/userinfo',
  origin: undefined,
  account: undefined,
  headers: [],
  framing: undefined,
  body: undefined,
})
