/** The canaries of a real process: what it prints and logs at its most talkative, and what its database holds. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../../sandbox/src/browser.ts'
import { generateKey } from '../src/vault/keyring.ts'
import { CLIENT_SECRET, secretIn, tokensIn } from './attacks/canaries.ts'
import { databaseUrl, type Serving, serve } from './attacks/serving.ts'
import { everythingStored, findSecrets, logEveryStatement, watchServerLog } from './canary-search.ts'
import { type Json, type TestDatabase, testDatabase } from './world.ts'

describe('canaries of a real process', () => {
  const keys = generateKey()
  const apiKey = `mk_canary_${generateKey().slice(0, 30)}`
  let database: TestDatabase
  let folder: string
  let serving: Serving
  let base: string
  let serverLog: () => string
  const canary = (name: string) => `${name}-canary-${crypto.randomUUID()}`
  beforeAll(async () => {
    database = await testDatabase()
    await logEveryStatement(database)
    serverLog = await watchServerLog(database)
    folder = mkdtempSync(join(tmpdir(), 'mooring-canary-'))
    const port = await freePort()
    base = `http://localhost:${port}`
    serving = serve(
      {
        PORT: String(port),
        MOORING_DATA_DIR: folder,
        DATABASE_URL: databaseUrl(database.admin),
        MOORING_VAULT_KEYS: keys,
        MOORING_API_KEY: apiKey,
        MOORING_LOG: 'debug',
      },
      ['serve', '--sandbox'],
    )
    const end = Date.now() + 60_000
    while (!serving.said().includes('Platforms') && Date.now() < end) await delay(50)
  })
  afterAll(async () => {
    await serving.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('prints, logs and stores no secret, but the sign-in link, once', async () => {
    const said = serving.said()
    const control = /simulated by the sandbox, (http:\S+?)\. /.exec(said)?.[1] ?? ''
    const link = /http:\S+\/setup#(\S+)/.exec(said)?.[1] ?? ''
    expect(control, said).not.toBe('')
    expect(link).not.toBe('')
    const secrets: Record<string, string> = { apiKey, keys, 'client secret': CLIENT_SECRET }
    const answers: string[] = []
    const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (response.status >= 400) answers.push(text)
      return { headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as Json }
    }
    const steer = (command: unknown) =>
      fetch(`${control}/__control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(command),
      })
    const cookieOf = (headers: Headers) =>
      headers
        .getSetCookie()
        .map((line) => line.split(';')[0] ?? '')
        .join('; ')
    const connect = async (input: Record<string, unknown>, press: 'allow' | 'cancel' = 'allow') => {
      const { body, headers } = await call('POST', '/flows', { endUser: crypto.randomUUID(), ...input })
      const { origin } = new URL(body.authorizeUrl)
      const screen = await createBrowser({ [origin]: origin }).consent(body.authorizeUrl, { press })
      const callback = new URL(screen.location ?? '')
      secrets[`binding ${body.id}`] = secretIn(cookieOf(headers).split('=')[1] ?? '')
      secrets[`ticket ${body.id}`] = body.startUrl.split('/').at(-1)
      for (const name of ['code', 'state']) {
        const value = callback.searchParams.get(name)
        if (value) secrets[`${name} ${body.id}`] = value
      }
      const landed = await fetch(callback, { redirect: 'manual', headers: { cookie: cookieOf(headers) } })
      expect(landed.status).toBe(303)
      answers.push(landed.headers.get('location') ?? '')
      await tokensIn(database, keys, secrets)
      return (await call('GET', `/flows/${body.id}`)).body
    }

    const signedIn = await call(
      'POST',
      '/session',
      { token: link },
      { 'sec-fetch-site': 'same-origin', authorization: '' },
    )
    secrets.session = secretIn(cookieOf(signedIn.headers).split('=')[1] ?? '')
    const { connectionId } = await connect({ provider: 'linkedin' })
    expect(connectionId).toMatch(/^[0-9a-f-]{36}$/)
    await connect({ provider: 'linkedin' }, 'cancel')
    for (const fault of [{ kind: 'gateway' }, { kind: 'reset' }, { kind: 'truncate' }]) {
      await steer({ fault: { endpoint: 'linkedin.token', ...fault } })
      await connect({ provider: 'linkedin' })
      await steer({ fault: { endpoint: 'linkedin.token', ...fault } })
      await call('POST', `/connections/${connectionId}/refresh`)
    }
    await steer({ clearFaults: true })
    await connect({ reconnect: connectionId })
    const [query, imported, body, mark] = ['query', 'imported', 'body', 'mark'].map(canary) as [
      string,
      string,
      string,
      string,
    ]
    Object.assign(secrets, { query, imported, body, mark })
    await call('GET', `/proxy/${connectionId}/v2/userinfo?q=${query}`)
    await call('POST', `/proxy/${connectionId}/v2/nowhere?q=${query}`, { secret: body })
    await steer({ fault: { endpoint: 'linkedin.userinfo', kind: 'reset' } })
    await call('GET', `/proxy/${connectionId}/v2/userinfo?q=${query}`)
    const record = { provider: 'linkedin', subject: 'somebody', accessToken: imported, refreshToken: `${imported}2` }
    for (const offline of [true, false])
      await call('POST', '/connections/import', { dryRun: false, offline, records: [record] })
    await call('POST', '/vault/rotate', {})
    for (const path of ['/vault', '/forecast', '/alerts']) await call('GET', path)
    await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } }).then((one) => one.text())
    await fetch(`${base}/push/linkedin/removed?q=${query}`, { method: 'POST', body: `signed_request=${mark}.${body}` })
    secrets['access token'] = (await call('GET', `/connections/${connectionId}/token`)).body.accessToken
    await steer({ linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
    await call('POST', `/connections/${connectionId}/refresh`)
    await steer({ linkedin: { app: { registration: 'linkedin', secretRefused: false } } })
    await database.query('update mooring.connections set access_token = refresh_token')
    await call('GET', `/connections/${connectionId}/token`)
    await call('DELETE', `/connections/${connectionId}`)
    await fetch(`${base}/callback/linkedin?code=CANARYcode0123456789&state=CANARYstate0123456789`)
    Object.assign(secrets, { queryCode: 'CANARYcode0123456789', queryState: 'CANARYstate0123456789' })

    await serving.stop()
    const printed = serving.said()
    expect(printed).toContain('"level":"debug"')
    expect(printed.split(link)).toHaveLength(2)
    expect(Object.keys(secrets).length).toBeGreaterThan(30)
    expect(findSecrets(printed.split('\n'), secrets)).toEqual([])
    expect(findSecrets(answers, { ...secrets, link })).toEqual([])
    expect(findSecrets(await everythingStored(database), { ...secrets, link })).toEqual([])
    expect(findSecrets(serverLog().split('\n'), { ...secrets, link })).toEqual([])
    expect(serverLog()).toMatch(/insert into "mooring"\."connections"/)
    // With the operator's database and keys nothing is left in a folder.
    expect(readdirSync(folder)).toEqual([])
  })
})

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
