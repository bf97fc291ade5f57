import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createMooring, type Mooring } from '../../src/mooring.ts'
import { providers } from '../../src/providers/index.ts'
import { BASE, createWorld, type TestBrowser, type World } from '../world.ts'
import { ask, cookieOf } from './support.ts'

let world: World
let owner: TestBrowser
let consoleDir: string
/** The same instance with a console beside the API. */
let withConsole: Mooring
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
  owner = world.browser()
  await owner.signIn()
  consoleDir = mkdtempSync(join(tmpdir(), 'mooring-console-'))
  mkdirSync(join(consoleDir, 'assets'))
  writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>Console</title>')
  writeFileSync(join(consoleDir, 'assets', 'app.js'), 'export {}')
  withConsole = await createMooring({
    config: readConfig({ MOORING_BASE_URL: BASE }, providers),
    database: { admin: world.database.admin },
    vaultKeys: world.vaultKeys,
    consoleDir,
  })
})
afterAll(async () => {
  await withConsole.close()
  await world.close()
  rmSync(consoleDir, { recursive: true })
})

/** An address in markup or style that is not a path of our own. */
const ELSEWHERE = /(src|href|action|url)\s*[=(]\s*["']?(?!["']?\/[^/])/i

const strict = (headers: Headers) => {
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
}

describe('#11 leak by Referer, history, cache', () => {
  it('answers a callback 303, with no body, nothing kept and nothing referred', async () => {
    for (const press of ['allow', 'cancel'] as const) {
      const { body } = await owner.start({ provider: 'linkedin' })
      const callback = await owner.consent(body.authorizeUrl, { press })
      const answer = await owner.open(callback)
      expect(answer.status).toBe(303)
      expect(await answer.text()).toBe('')
      strict(answer.headers)
      const location = answer.headers.get('location') ?? ''
      for (const name of ['code', 'state', 'error_description', 'iss'])
        expect(new URL(location).searchParams.has(name), name).toBe(false)
      const secrets = new URL(callback).searchParams
      for (const name of ['code', 'state']) if (secrets.get(name)) expect(location).not.toContain(secrets.get(name))
      // The browser's secret for this flow goes with it.
      expect(answer.headers.getSetCookie().join()).toMatch(new RegExp(`mooring-flow-${body.id}=;.*Max-Age=0`, 'i'))
    }
  })

  it.each([
    ['an unknown state', '/callback/linkedin?code=CANARYcode&state=CANARYstate', 400],
    ['no state', '/callback/linkedin?code=CANARYcode', 400],
    [
      'an error without a flow',
      '/callback/linkedin?error=CANARYerror&error_description=CANARY%3Cscript%3Ealert(1)%3C/script%3E&error_uri=https://CANARY.example',
      400,
    ],
    ['an unknown registration', '/callback/CANARY?code=CANARYcode&state=CANARYstate', 404],
    ['markup in the path', '/callback/%3Cscript%3ECANARY?code=CANARYcode', 404],
    ['a query too long', `/callback/linkedin?code=CANARY${'x'.repeat(20_000)}`, 400],
    ['a start link that is none', '/start/CANARY?code=CANARYcode', 410],
    ['an address that is none', '/CANARY?code=CANARYcode', 404],
  ])(
    'repeats nothing of the address on the page for %s, and loads nothing from elsewhere',
    async (_name, path, status) => {
      const answer = await ask(world, 'GET', path, { accept: 'text/html', cookie: cookieOf(owner) })
      expect(answer.status).toBe(status)
      expect(answer.text).not.toMatch(/CANARY/i)
      expect(answer.text).not.toMatch(ELSEWHERE)
      expect(answer.text).not.toMatch(/<(script|img|iframe|object|embed|base|form)\b/i)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/)
    },
  )

  it("shows the page of another browser's flow without a word of it", async () => {
    const { body } = await owner.start({
      provider: 'linkedin',
      returnTo: '/somewhere-CANARY',
      clientState: 'CANARY-state',
    })
    const callback = await owner.consent(body.authorizeUrl)
    const answer = await ask(world, 'GET', new URL(callback).pathname + new URL(callback).search)
    expect(answer.status).toBe(403)
    strict(answer.headers)
    for (const secret of [...new URL(callback).searchParams.values(), body.id, 'CANARY'])
      expect(answer.text).not.toContain(secret)
  })

  it("keeps a start link's page out of caches and other sites, with a form to itself alone", async () => {
    const { body } = await world.api('POST', '/flows', { provider: 'linkedin' })
    const page = await ask(world, 'GET', new URL(body.startUrl).pathname)
    expect(page.headers.get('cache-control')).toBe('no-store')
    // Our own origin must see Origin on the form's POST; no other site sees anything.
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    expect(page.text).toContain('<form method="post">')
    expect(page.text).not.toMatch(ELSEWHERE)
    expect(page.text).not.toContain(body.startUrl.split('/').at(-1))
  })

  it('lets no answer with a token or a session be kept', async () => {
    const { connectionId } = await owner.connectAll()
    for (const path of [
      `/connections/${connectionId}/token`,
      `/connections/${connectionId}`,
      '/connections',
      '/api/v1/api-keys',
    ])
      expect((await world.api('GET', path)).headers.get('cache-control'), path).toBe('no-store')
    expect((await owner.send('GET', '/session')).headers.get('cache-control')).toBe('no-store')
  })
})

describe('#19 clickjacking and popups', () => {
  const PAGES: [string, string][] = [
    ['GET', '/'],
    ['GET', '/accounts'],
    ['GET', '/setup'],
    ['GET', '/connect/return?flow=x'],
    ['GET', '/assets/app.js'],
    ['GET', '/callback/linkedin?code=a&state=b'],
    ['GET', '/callback/nobody'],
    ['HEAD', '/callback/linkedin'],
    ['GET', '/start/none'],
    ['POST', '/start/none'],
    ['GET', '/api/v1/docs'],
    ['GET', '/api/v1/openapi.json'],
    ['GET', '/api/v1/session'],
    ['GET', '/api/v1/flows'],
    ['POST', '/api/v1/flows'],
    ['GET', '/api/v1/connections'],
    ['GET', '/api/v1/none'],
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/none.html'],
  ]

  const guarded = (headers: Headers) => {
    expect(headers.get('content-security-policy')).toMatch(/(^|; ?)frame-ancestors 'none'(;|$)/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*(unsafe|\*|https?:)/)
  }

  it.each(PAGES)('guards %s %s, with a console and without', async (method, path) => {
    for (const fetch of [world.mooring.fetch, withConsole.fetch]) {
      const answer = await fetch(new Request(new URL(path, BASE), { method, headers: { accept: 'text/html' } }))
      guarded(answer.headers)
    }
  })

  it("guards a flow's redirect and a start link's page", async () => {
    const { response } = await owner.connect({ provider: 'linkedin' })
    guarded(response.headers)
    const { body } = await world.api('POST', '/flows', { provider: 'linkedin' })
    const page = await ask(world, 'GET', new URL(body.startUrl).pathname)
    guarded(page.headers)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it("guards the server's own fault", async () => {
    await world.database.query('alter table mooring.connections rename to connections_away')
    const answer = await owner.send('GET', '/connections')
    await world.database.query('alter table mooring.connections_away rename to connections')
    expect(answer.status).toBe(500)
    guarded(answer.headers)
  })
})
