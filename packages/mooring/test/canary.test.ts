/**
 * The canaries of a whole life: after every kind of flow, nothing that was ever secret stands readable in the database,
 * in a log, in an error or in an address.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers } from '../src/providers/index.ts'
import { CLIENT_SECRET, type SealedRow, secretIn, tokensIn } from './attacks/canaries.ts'
import { type Recorder, record } from './attacks/recorder.ts'
import { dump, leaks } from './attacks/support.ts'
import { createWorld, type Json, KEY, type TestBrowser, type World } from './world.ts'

describe('canaries of every flow', () => {
  let world: World
  let owner: TestBrowser
  let recorder: Recorder
  const secrets: Record<string, string> = { key: KEY, 'client secret': CLIENT_SECRET }
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    recorder = record(world)
    secrets['vault key'] = world.vaultKeys
    const link = await world.mooring.signInLink()
    secrets['sign-in token'] = new URL(link).hash.slice(1)
    owner = world.browser()
    await owner.send('POST', '/session', { token: secrets['sign-in token'] })
  })
  afterAll(() => world.close())

  /** What the browser and the platform know that nobody else may. */
  async function walk(body: Record<string, unknown>, press: 'allow' | 'cancel' = 'allow'): Promise<Json> {
    const started = (await owner.start(body)).body
    for (const [name, value] of owner.jar) secrets[name] = secretIn(value)
    const callback = await owner.consent(started.authorizeUrl, { press })
    for (const name of ['code', 'state']) {
      const value = new URL(callback).searchParams.get(name)
      if (value) secrets[`${name} of ${started.id}`] = value
    }
    await owner.open(callback)
    // Once more, for the answer to a second use.
    await owner.open(callback)
    return (await world.api('GET', `/flows/${started.id}`)).body
  }
  async function expectSilence(): Promise<void> {
    await tokensIn(world.database, world.vaultKeys, secrets)
    expect(leaks(recorder.text(), secrets)).toEqual([])
    expect(leaks(await dump(world), secrets)).toEqual([])
    recorder.clear()
  }
  let connection = ''

  it('knows what it looks for', async () => {
    const flow = await walk({ provider: 'linkedin', returnTo: '/settings', clientState: 'mine' })
    connection = flow.connectionId
    await tokensIn(world.database, world.vaultKeys, secrets)
    const names = Object.keys(secrets).map((name) => name.split(' ')[0])
    for (const name of [
      'access_token',
      'refresh_token',
      'code',
      'state',
      'mooring-session',
      `mooring-flow-${flow.id}`,
      'key',
      'client',
      'vault',
      'sign-in',
    ])
      expect(names).toContain(name)
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length)
    const accounts = flow.candidates.filter((one: Json) => one.selectable).map((one: Json) => one.id)
    await owner.send('POST', `/flows/${flow.id}/accounts`, { accounts })
    // A key made and used, and the start link of a program.
    const made = (
      await owner.send('POST', '/api/v1/api-keys', { name: 'k', scopes: ['tokens:read', 'connections:write'] })
    ).body
    secrets['made key'] = made.key
    await world.api('GET', `/connections/${connection}/token`, undefined, { authorization: `Bearer ${made.key}` })
    const link = (await world.api('POST', '/flows', { provider: 'linkedin' })).body
    secrets['start ticket'] = link.startUrl.split('/').at(-1)
    await owner.open(link.startUrl)
    await owner.send('POST', link.startUrl)
    await owner.open(link.startUrl)
    await expectSilence()
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a denial', () => walk({ provider: 'linkedin' }, 'cancel')],
    [
      'a code that the platform refuses',
      async () => {
        world.sandbox.control.fault({
          endpoint: 'linkedin.token',
          kind: 'answer',
          status: 400,
          body: {
            error: 'invalid_request',
            error_description: 'appid/redirect uri/code verifier does not match authorization code',
          },
        })
        expect((await walk({ provider: 'linkedin' })).error.code).toBe('code_refused')
      },
    ],
    [
      'a wrong client secret',
      async () => {
        world.sandbox.control.apply({ linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
        expect((await walk({ provider: 'linkedin' })).error.code).toBe('misconfigured')
        await world.api('POST', `/connections/${connection}/refresh`)
        world.sandbox.control.apply({ linkedin: { app: { registration: 'linkedin', secretRefused: false } } })
      },
    ],
    [
      'a reset and a page of a gateway',
      async () => {
        for (const kind of ['reset', 'gateway', 'truncate'] as const) {
          world.sandbox.control.fault({ endpoint: 'linkedin.token', kind })
          await walk({ provider: 'linkedin' })
          world.sandbox.control.fault({ endpoint: 'linkedin.userinfo', kind })
          await walk({ reconnect: connection })
        }
      },
    ],
    [
      'a refresh',
      async () => {
        world.advance(55 * 86_400)
        // A session lasts a month.
        secrets['second sign-in token'] = new URL(await world.mooring.signInLink()).hash.slice(1)
        await owner.send('POST', '/session', { token: secrets['second sign-in token'] })
        secrets['second session'] = secretIn(owner.jar.get('mooring-session') ?? '')
        expect((await world.api('GET', `/connections/${connection}/token`)).status).toBe(200)
        expect((await world.api('POST', `/connections/${connection}/refresh`)).status).toBe(200)
      },
    ],
    [
      'a test, a list of accounts and the history',
      async () => {
        await owner.send('POST', `/connections/${connection}/test`)
        await owner.send('GET', `/connections/${connection}/available-accounts`)
        await owner.send('GET', `/connections/${connection}/events`)
        await owner.send('GET', '/connections')
        await owner.send('GET', '/session')
      },
    ],
    [
      'a reconnect and a reuse',
      async () => {
        expect((await walk({ reconnect: connection })).outcome).toBe('reconnected')
        await owner.start({ provider: 'linkedin', reuse: true })
      },
    ],
    [
      'a refused refresh',
      async () => {
        world.sandbox.control.apply({ linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
        expect((await world.api('POST', `/connections/${connection}/refresh`)).body.code).toBe('reauthorize')
        expect((await owner.send('POST', `/connections/${connection}/test`)).body.ok).toBe(false)
      },
    ],
    [
      'a disconnect and a sign-out',
      async () => {
        expect((await walk({ reconnect: connection })).outcome).toBe('reconnected')
        await tokensIn(world.database, world.vaultKeys, secrets)
        await world.api('DELETE', `/connections/${connection}`)
        await world.api('GET', `/connections/${connection}/token`)
        const [row] = await world.database.query<SealedRow>('select * from mooring.connections where id = $1', [
          connection,
        ])
        expect([row?.access_token, row?.refresh_token]).toEqual([null, null])
        await owner.send('DELETE', '/session')
      },
    ],
    ...providers
      // What is typed at a service is searched for in flows/credentials.
      .filter(({ id, credentials }) => id !== 'linkedin' && !credentials)
      .map(({ id }): [string, () => Promise<unknown>] => [
        `the whole life of ${id}`,
        async () => {
          // A session lasts a month.
          const link = new URL(await world.mooring.signInLink()).hash.slice(1)
          secrets[`sign-in token before ${id}`] = link
          await owner.send('POST', '/session', { token: link })
          secrets[`session of ${id}`] = secretIn(owner.jar.get('mooring-session') ?? '')
          for (const app of world.sandbox.apps)
            if (app.registration === id) secrets[`client secret of ${id}`] = app.clientSecret
          const flow = await walk({ provider: id })
          const at = `/connections/${flow.connectionId}`
          if (flow.state === 'checkpoint') {
            const accounts = flow.candidates.filter((one: Json) => one.selectable).map((one: Json) => one.id)
            await world.api('POST', `/flows/${flow.id}/accounts`, { accounts })
          }
          const [account] = (await world.api('GET', at)).body.accounts
          expect((await world.api('GET', `/accounts/${account.id}/token`)).status).toBe(200)
          await world.api('GET', `/proxy/${flow.connectionId}/nothing`, undefined, { 'mooring-account': account.id })
          await tokensIn(world.database, world.vaultKeys, secrets)
          // A renewal that works, one that meets an outage, and a test.
          world.advance(54 * 86_400)
          await world.api('GET', `${at}/token`)
          await tokensIn(world.database, world.vaultKeys, secrets)
          world.sandbox.control.apply({ outage: { platform: id, as: 'reset' } })
          await world.api('POST', `${at}/refresh`)
          await world.api('POST', `${at}/test`)
          world.sandbox.control.apply({ outage: false })
          await world.api('POST', `${at}/test`)
          await world.api('DELETE', at)
        },
      ]),
  ])('keeps every secret after %s', async (_name, act) => {
    await act()
    await expectSilence()
  })
})
