/** A workspace's own app: entered, tested, connected and renewed by, replaced, removed; and nobody else's. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, back, clean, consented, DAY, holdAnswer, look, steer, token } from '../../test/linkedin.ts'
import { BASE, createWorld, type Json, type TestBrowser, type World } from '../../test/world.ts'
import { raiseAlert } from '../connections/alerts.ts'
import { keepFresh } from '../connections/keep-fresh.ts'
import { addOwn } from '../connections/own-registrations.ts'
import { eraseWorkspace } from '../connections/workspace-life.ts'
import { MooringError } from '../error.ts'
import { sweep } from '../jobs/sweep.ts'
import { createKeyRing } from '../vault/keyring.ts'
import { createVault } from '../vault/vault.ts'

let world: World
let owner: TestBrowser
let right: { clientId: string; clientSecret: string }
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
  const app = world.sandbox.apps.find((one) => one.registration === 'linkedin')
  right = { clientId: app?.clientId ?? '', clientSecret: app?.clientSecret ?? '' }
})
afterAll(() => world.close())
beforeEach(async () => {
  await clean(world)
  owner = world.browser()
  await owner.signIn()
  await world.database.query('truncate mooring.registrations, mooring.due_refreshes')
})

const enter = async (body: Record<string, unknown> = {}, browser = owner): Promise<Json> => {
  const answer = await browser.send('POST', '/registrations', { app: 'linkedin', ...right, ...body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
/** At the platform's portal: this address is registered with the app. */
const register = (...redirectUris: string[]) =>
  steer(world, {
    linkedin: { app: { registration: 'linkedin', redirectUris: [`${BASE}/callback/linkedin`, ...redirectUris] } },
  })
const test = async (id: string): Promise<Record<string, string>> => {
  const { body } = await owner.send('POST', `/registrations/${id}/test`)
  return Object.fromEntries(body.data.map((one: { what: string; outcome: string }) => [one.what, one.outcome]))
}
async function connect(id: string): Promise<Json> {
  const { flow } = await owner.connect({ registration: id })
  expect(flow).toMatchObject({ state: 'connected' })
  return flow
}

describe('an app of a workspace’s own', () => {
  it('is entered with an id and a callback of its own; its secret is in no answer, sealed at rest', async () => {
    const made = await enter()
    expect(made).toMatchObject({
      id: expect.stringMatching(/^linkedin-[a-z2-7]{12}$/),
      provider: 'linkedin',
      clientId: right.clientId,
      hasSecret: true,
      redirectUri: `${BASE}/callback/${made.id}`,
      connections: 0,
      createdBy: 'Owner',
    })
    expect(made.setup.join(' ')).toContain(made.redirectUri)
    const [row] = await world.database.query<{ id: string; client_secret: string }>(
      'select * from mooring.registrations',
    )
    expect(row?.client_secret).toMatch(/^v1\./)
    const opened = createVault(createKeyRing(world.vaultKeys)).open(row?.client_secret ?? '', {
      workspace: world.workspace,
      record: row?.id ?? '',
      field: 'client_secret',
    })
    expect(opened).toBe(right.clientSecret)
    const exported = await world.api('GET', '/workspace/export')
    const shown = JSON.stringify([
      made,
      (await owner.send('GET', '/registrations')).body,
      (await owner.send('GET', '/providers')).body,
      exported.body,
      world.logs,
      await world.database.query('select * from mooring.audit_entries'),
    ])
    expect(shown).toContain(made.id)
    expect(shown).not.toContain(right.clientSecret)
    expect(shown).not.toContain(row?.client_secret)
  })

  it('connects, renews and refreshes by its own client, and comes before the server’s', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { started, flow: done } = await owner.connect()
    expect(new URL(started.authorizeUrl).searchParams.get('redirect_uri')).toBe(redirectUri)
    expect(done).toMatchObject({ state: 'connected' })
    const connection = await look(world, done.connectionId)
    expect(connection).toMatchObject({ registration: id, state: 'connected' })
    expect((await owner.send('GET', `/registrations/${id}`)).body.connections).toBe(1)

    world.advance(56 * DAY)
    await owner.signIn()
    const before = asked(world, 'token')
    const handed: { workspace: string; connection: string }[] = []
    await sweep(world.mooring.engine, async (looks) => void handed.push(...looks))
    expect(handed.map((one) => one.connection)).toEqual([done.connectionId])
    expect(await keepFresh(world.mooring.engine, world.workspace, done.connectionId)).toBe('renewed')
    expect(asked(world, 'token')).toBe(before + 1)
    expect((await token(world, done.connectionId)).status).toBe(200)
    expect((await owner.send('POST', `/connections/${done.connectionId}/test`)).body).toMatchObject({ ok: true })
    expect((await owner.send('DELETE', `/connections/${done.connectionId}`)).body).toMatchObject({ revoked: 'yes' })
  })

  it('says what is wrong with it, and nothing of what it cannot see', async () => {
    const wrong = await enter({ clientSecret: 'not-the-secret' })
    expect(await test(wrong.id)).toEqual({ client: 'wrong', redirect: 'unknown', scopes: 'unknown' })
    await owner.send('PATCH', `/registrations/${wrong.id}`, { clientSecret: right.clientSecret })
    expect(await test(wrong.id)).toEqual({ client: 'ok', redirect: 'unknown', scopes: 'unknown' })
    expect((await enter({ clientId: 'nobody' })).id).toBeDefined()
    steer(world, { outage: true })
    expect((await test(wrong.id)).client).toBe('unknown')
    steer(world, { outage: false })

    // The redirect address is not registered: the platform shows a page of its own, and nobody comes back.
    const started = await owner.start({ registration: wrong.id })
    await expect(owner.consent(started.body.authorizeUrl)).rejects.toThrow('the platform shows 401')
    expect((await test(wrong.id)).redirect).toBe('unknown')
    register(wrong.redirectUri)
    await owner.send('PATCH', `/registrations/${wrong.id}`, { scopes: ['openid', 'profile', 'r_basicprofile'] })
    const refused = await owner.connect({ registration: wrong.id })
    expect(refused.flow.error.code).toBe('scope_not_granted')
    expect(await test(wrong.id)).toEqual({ client: 'ok', redirect: 'ok', scopes: 'wrong' })
    await owner.send('PATCH', `/registrations/${wrong.id}`, { scopes: null })
    await connect(wrong.id)
    expect(await test(wrong.id)).toEqual({ client: 'ok', redirect: 'ok', scopes: 'ok' })
  })

  it('whose secret was changed at the platform is one alert of this workspace, over when the new one is entered', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { connectionId } = await connect(id)
    steer(world, { linkedin: { app: { registration: 'linkedin', clientSecret: 'the-next-secret' } } })
    world.advance(56 * DAY)
    await owner.signIn()
    await keepFresh(world.mooring.engine, world.workspace, connectionId)
    const alerts = (await owner.send('GET', '/alerts')).body.data
    expect(alerts).toMatchObject([{ registration: id, provider: 'linkedin' }])
    expect(alerts[0].message).toContain('of this workspace')
    // Nobody is asked to connect again.
    expect((await look(world, connectionId)).state).toBe('connected')
    const other = await stranger()
    expect((await other('GET', '/alerts')).body.data).toEqual([])

    await owner.send('PATCH', `/registrations/${id}`, { clientSecret: 'the-next-secret' })
    expect((await owner.send('GET', '/alerts')).body.data).toEqual([])
    const handed: string[] = []
    await sweep(world.mooring.engine, async (looks) => void handed.push(...looks.map((one) => one.connection)))
    expect(handed).toEqual([connectionId])
    expect(await keepFresh(world.mooring.engine, world.workspace, connectionId)).toBe('renewed')
  })

  it('is removed when nothing rests on it any more', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { connectionId } = await connect(id)
    const refused = await owner.send('DELETE', `/registrations/${id}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(refused.body.detail).toContain('One connection rests on this app')
    await owner.send('DELETE', `/connections/${connectionId}`)
    expect((await owner.send('DELETE', `/registrations/${id}`)).status).toBe(204)
    expect((await owner.send('GET', '/registrations')).body.data).toEqual([])
    expect(await owner.start({ registration: id })).toMatchObject({
      status: 404,
      body: { code: 'provider_not_configured' },
    })
  })

  it.each([
    ['an app that nobody knows', { app: 'nowhere' }],
    ['another’s endpoint', { app: 'linkedin', tokenUrl: 'https://evil.example/token', clientSecret: undefined }],
    ['no secret', { clientSecret: undefined }],
    ['an empty secret', { clientSecret: ' ' }],
    ['a secret of two lines', { clientSecret: 'a\nb' }],
    ['a scope with a separator', { scopes: ['openid profile'] }],
    ['a setting that is none', { settings: { TOKEN_URL: 'https://evil.example' } }],
    ['a setting that cannot be', { settings: { API_VERSION: '1; drop' } }],
  ])('is not entered with %s', async (_, wrong) => {
    const answer = await owner.send('POST', '/registrations', { app: 'linkedin', ...right, ...wrong })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect((await owner.send('GET', '/registrations')).body.data).toEqual([])
  })

  it('has its endpoints from the provider alone, whatever is sent beside', async () => {
    const { id } = await enter({
      tokenUrl: 'https://evil.example/token',
      issuer: 'https://evil.example',
      redirectUri: 'x',
    })
    const started = await owner.start({ registration: id })
    expect(started.body.authorizeUrl).not.toContain('evil.example')
  })
})

/** Another workspace, by a key of its own that may do everything here. */
async function stranger() {
  const { id } = (await world.api('POST', '/workspaces', { name: 'Other' })).body
  const scopes = ['connections:read', 'connections:write', 'registrations:write']
  const made = await world.api('POST', '/api/v1/api-keys', { name: 'theirs', scopes, workspaceId: id })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { key } = made.body
  return (method: string, path: string, body?: unknown) =>
    world.api(method, path, body, { authorization: `Bearer ${key}` })
}

describe('an app of another workspace', () => {
  it('is unknown: not listed, read, changed, tested, removed or connected by', async () => {
    const { id } = await enter()
    const other = await stranger()
    expect((await other('GET', '/registrations')).body.data).toEqual([])
    const { data } = (await other('GET', '/providers')).body
    expect(JSON.stringify(data)).not.toContain(id)
    for (const [method, path, body] of [
      ['GET', `/registrations/${id}`, undefined],
      ['PATCH', `/registrations/${id}`, { clientSecret: 'mine-now' }],
      ['POST', `/registrations/${id}/test`, undefined],
      ['DELETE', `/registrations/${id}`, undefined],
    ] as const)
      expect(await other(method, path, body)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await other('POST', '/flows', { registration: id })).toMatchObject({
      status: 404,
      body: { code: 'provider_not_configured' },
    })
    expect((await test(id)).client).toBe('ok')
  })

  it('does not take the answer of a flow that is not its own, and gives its code to nobody (mix-up)', async () => {
    const [mine, second] = [await enter(), await enter()]
    register(mine.redirectUri, second.redirectUri)
    const { id, callback } = await consented(owner, { registration: mine.id })
    const before = asked(world, 'token')
    for (const to of ['linkedin', second.id]) {
      const swapped = callback.replace(`/callback/${mine.id}`, `/callback/${to}`)
      const page = await back(owner, swapped)
      expect(page.searchParams.get('error')).toMatch(/registration_mismatch|flow_finished/)
    }
    expect(asked(world, 'token')).toBe(before)
    expect((await world.api('GET', `/flows/${id}`)).body.state).toBe('failed')
  })

  it('is no business of who may not: a publisher, and a key without the scope', async () => {
    const { link } = (await owner.send('POST', '/invitations', { email: 'p@example.com', role: 'publisher' })).body
    const publisher = world.browser()
    const input = { token: new URL(link).hash.slice(1), name: 'P', password: 'brisk otter lantern 44' }
    await publisher.send('POST', '/session/invitation/accept', input)
    expect((await publisher.send('GET', '/registrations')).status).toBe(403)
    expect((await publisher.send('POST', '/registrations', { app: 'linkedin', ...right })).status).toBe(403)
  })

  it('whose sealed secret is moved to another row does not open', async () => {
    const [one, two] = [await enter(), await enter({ clientSecret: 'another-secret' })]
    await world.database.query(
      'update mooring.registrations r set client_secret = o.client_secret from mooring.registrations o where r.name = $1 and o.name = $2',
      [two.id, one.id],
    )
    const answer = await owner.send('POST', '/flows', { registration: two.id })
    expect(answer).toMatchObject({ status: 500, body: { code: 'vault_tampered' } })
  })
})

describe('an app that connections rest on', () => {
  it('keeps its client id: with another, their refresh tokens would be refused', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { connectionId } = await connect(id)
    const refused = await owner.send('PATCH', `/registrations/${id}`, { clientId: 'another', clientSecret: 'x' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(refused.body.detail).toContain('One connection rests on this client id')
    world.advance(56 * DAY)
    await owner.signIn()
    expect(await keepFresh(world.mooring.engine, world.workspace, connectionId)).toBe('renewed')
    // The same one again is no change, and when nothing rests on it any more it may be another.
    expect((await owner.send('PATCH', `/registrations/${id}`, { clientId: right.clientId })).status).toBe(200)
    await owner.send('DELETE', `/connections/${connectionId}`)
    const changed = await owner.send('PATCH', `/registrations/${id}`, { clientId: 'another' })
    expect(changed).toMatchObject({ status: 200, body: { clientId: 'another' } })
  })

  it('is not freed by connecting the same person by another app, and says what frees it', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { connectionId } = await connect(id)
    expect((await owner.connect({ registration: 'linkedin' })).flow.connectionId).not.toBe(connectionId)
    const refused = await owner.send('DELETE', `/registrations/${id}`)
    expect(refused.body.detail).toBe('One connection rests on this app. Disconnect it first.')
  })

  it('whose token ended while its secret was refused works again with the new secret', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { connectionId } = await connect(id)
    steer(world, { linkedin: { app: { registration: 'linkedin', clientSecret: 'the-next-secret' } } })
    world.advance(61 * DAY)
    await owner.signIn()
    await keepFresh(world.mooring.engine, world.workspace, connectionId)
    expect(await token(world, connectionId)).toMatchObject({ status: 503, body: { code: 'misconfigured' } })
    await owner.send('PATCH', `/registrations/${id}`, { clientSecret: 'the-next-secret' })
    expect((await token(world, connectionId)).status).toBe(200)
  })
})

describe('an app that changes while somebody comes back by it', () => {
  it.each([
    ['removed', (id: string) => owner.send('DELETE', `/registrations/${id}`), 204],
    [
      'given another client id',
      (id: string) => owner.send('PATCH', `/registrations/${id}`, { clientId: 'other' }),
      200,
    ],
  ] as const)('%s: no connection is written that nobody could renew', async (_, change, status) => {
    const made = await enter()
    register(made.redirectUri)
    const { id, callback } = await consented(owner, { registration: made.id })
    const held = holdAnswer(world, '/accessToken')
    const coming = back(owner, callback)
    await held.answered
    expect((await change(made.id)).status).toBe(status)
    held.release()
    await coming
    expect((await world.api('GET', `/flows/${id}`)).body).toMatchObject({
      state: 'failed',
      error: { code: 'provider_not_configured' },
    })
    expect((await owner.send('GET', '/connections')).body.data).toEqual([])
  })
})

describe('what is left of an app', () => {
  it('that was removed: its ended connection says so, as to who asks for one that never was', async () => {
    const { id, redirectUri } = await enter()
    register(redirectUri)
    const { connectionId } = await connect(id)
    await owner.send('DELETE', `/connections/${connectionId}`)
    await owner.send('DELETE', `/registrations/${id}`)
    const removed = await owner.start({ reconnect: connectionId })
    const never = await owner.start({ registration: 'linkedin-aaaaaaaaaaaa' })
    for (const answer of [removed, never])
      expect(answer).toMatchObject({
        status: 404,
        body: {
          code: 'provider_not_configured',
          detail: 'This workspace has no such app, or has it no more. Connect by another.',
        },
      })
  })

  it('of an erased workspace: no alert', async () => {
    const { id: workspace } = (await world.api('POST', '/workspaces', { name: 'Gone' })).body
    const { engine } = world.mooring
    const made = await addOwn(engine, workspace, 'Owner', { app: 'linkedin', ...right })
    await raiseAlert(engine, made.registration, new MooringError('misconfigured', 'x'))
    expect(await engine.store.alerts.find(made.row.name)).toBeDefined()
    await eraseWorkspace(engine, workspace, 'Owner')
    expect(await engine.store.alerts.find(made.row.name)).toBeUndefined()
  })
})

describe('an app without a secret', () => {
  const PUBLIC = { PKCE: 'native' }
  it('is entered where its settings make it one, and gets a secret with the settings that need one', async () => {
    const made = await enter({ clientSecret: undefined, settings: PUBLIC })
    expect(made).toMatchObject({ hasSecret: false, settings: PUBLIC })
    const path = `/registrations/${made.id}`
    expect(await owner.send('PATCH', path, { settings: {} })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'clientSecret', message: 'is missing' }] },
    })
    expect((await owner.send('PATCH', path, { settings: {}, clientSecret: right.clientSecret })).status).toBe(200)
  })
})
