/** What every kind of answer has in common: its id, its headers, its refusals of addresses and methods that are not there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, KEY, type World } from '../../test/world.ts'
import { readConfig } from '../config.ts'
import { createMooring, type Mooring } from '../mooring.ts'
import { providers } from '../providers/index.ts'
import { bearer, documentOf, expectProblem, type Operation, operationsOf, pathWith, send, UNKNOWN } from './testing.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

describe('answers', () => {
  let world: World
  let operations: Operation[]
  let cookie: string
  let withConsole: { mooring: Mooring }
  const folder = mkdtempSync(join(tmpdir(), 'console-'))
  beforeAll(async () => {
    world = await createWorld()
    operations = operationsOf(await documentOf(world))
    const browser = world.browser()
    await browser.signIn()
    cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the console</title>')
    writeFileSync(join(folder, 'assets/app-1a2b.js'), 'export {}')
    writeFileSync(join(folder, '..', `${folder.split('/').at(-1)}-secret.txt`), 'outside')
    const config = readConfig({ MOORING_API_KEY: KEY }, providers)
    const mooring = await createMooring({
      config,
      database: { admin: world.database.admin },
      vaultKeys: world.vaultKeys,
      consoleDir: folder,
    })
    withConsole = { mooring }
  })
  afterAll(async () => {
    await withConsole.mooring.close()
    await world.close()
    rmSync(folder, { recursive: true })
    rmSync(`${folder}-secret.txt`)
  })

  const kinds: [string, string, string, Record<string, string>, number][] = [
    ['a list', 'GET', '/api/v1/connections', bearer(), 200],
    ['a refusal', 'GET', '/api/v1/connections', {}, 401],
    ['what is not there', 'GET', '/nowhere', {}, 404],
    ['what is not there in the API', 'GET', '/api/v1/nowhere', bearer(), 404],
    ['a method that is not taken', 'PUT', '/api/v1/session', {}, 405],
    ['a refused body', 'POST', '/api/v1/flows', { ...bearer(), 'content-length': '2' }, 415],
    ['a broken callback', 'GET', '/callback/linkedin?state=x', {}, 400],
    ['a callback of nobody', 'GET', '/callback/nobody', {}, 404],
    ['a start link that is over', 'GET', `/start/${'A'.repeat(64)}`, {}, 410],
    ['a start link that is none', 'GET', '/start/x', {}, 410],
    ['the front page', 'GET', '/', {}, 200],
    ['the document', 'GET', '/api/v1/openapi.json', {}, 200],
    ['the reference', 'GET', '/api/v1/docs', {}, 200],
    ['liveness', 'GET', '/healthz', {}, 200],
    ['readiness', 'GET', '/readyz', {}, 200],
  ]

  it.each(kinds)('%s bears an id and the headers that protect a browser', async (_, method, path, headers, status) => {
    const answer = await send(world, method, path, headers)
    expect(answer.status).toBe(status)
    const header = (name: string) => answer.headers.get(name)
    expect(header('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(header('x-content-type-options')).toBe('nosniff')
    expect(header('x-frame-options')).toBe('DENY')
    expect(header('referrer-policy')).toBe(path.startsWith('/start/') ? 'same-origin' : 'no-referrer')
    expect(header('cross-origin-opener-policy')).toBe('same-origin')
    expect(header('cross-origin-resource-policy')).toBe('same-origin')
    expect(header('permissions-policy')).toContain('camera=()')
    expect(header('content-security-policy')).toMatch(/default-src '(self|none)'/)
    expect(header('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(header('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/)
    expect(header('access-control-allow-origin')).toBeNull()
    expect(header('x-permitted-cross-domain-policies')).toBe('none')
    // On http a browser would not believe it.
    expect(header('strict-transport-security')).toBeNull()
    for (const name of ['x-powered-by', 'server', 'x-xss-protection', 'expect-ct'])
      expect(header(name), name).toBeNull()
    expect(header('cache-control')).toBe('no-store')
    if (status >= 400 && !/html/.test(header('content-type') ?? '')) expectProblem(answer)
  })

  it('keeps the id of a request that brings a good one, and makes one for any other', async () => {
    for (const id of ['abcdefgh', 'a_B-0'.repeat(12), UNKNOWN])
      expect((await send(world, 'GET', '/healthz', { 'x-request-id': id })).headers.get('x-request-id')).toBe(id)
    for (const id of ['short', 'x'.repeat(65), 'has space here', '<script>alert(1)</script>', "'; drop table"]) {
      const kept = (await send(world, 'GET', '/nowhere', { 'x-request-id': id })).headers.get('x-request-id')
      expect(kept).toMatch(/^[0-9a-f-]{36}$/)
    }
    const given = await send(world, 'GET', '/nowhere', { 'x-request-id': 'my-own-request' })
    expect(given.body.requestId).toBe('my-own-request')
    const line = world.logs.find((one) => one.fields.requestId === 'my-own-request')
    expect(line?.fields).toMatchObject({ method: 'GET', status: 404 })
  })

  it('writes the route of a request to the log, never its address', async () => {
    const from = world.logs.length
    await send(world, 'GET', '/callback/linkedin?code=CANARY-code&state=CANARY-state')
    await send(world, 'GET', `/start/CANARY${'A'.repeat(58)}`)
    await send(world, 'GET', '/api/v1/accounts?provider=CANARY', bearer())
    const lines = world.logs.slice(from)
    expect(lines.map((line) => line.fields.route)).toEqual(
      expect.arrayContaining(['/callback/:registration', '/start/:ticket', '/api/v1/accounts']),
    )
    expect(JSON.stringify(lines)).not.toContain('CANARY')
  })

  describe.each([
    ['without the console', () => world],
    ['with the console', () => withConsole],
  ])('%s', (_, server) => {
    it('answers an unknown address with a problem, whatever the method', async () => {
      for (const path of [
        '/api/v1/nowhere',
        '/api/v1/connections/x/y/z',
        '/api/v2/connections',
        '/api',
        '/api/v1/openapi.yaml',
        '/.env',
        '/%00',
        '/%ff',
        '/%2e%2e/%2e%2e/etc/passwd',
      ]) {
        for (const method of METHODS) {
          const answer = await send(server(), method, path, bearer())
          expectProblem(answer, 404, 'not_found')
          expect(answer.headers.get('allow')).toBeNull()
        }
      }
    })

    it('answers a method that an address does not take with 405 and those that it takes', async () => {
      const byPath = Map.groupBy(operations, (one) => one.path)
      for (const [path, taken] of byPath) {
        const methods = taken.map((one) => one.method)
        // What looks like an id to another address is a foreign id there.
        const alsoAn = operations.filter((one) => one.path !== path && patternOf(one.path).test(path))
        if (alsoAn.length > 0) continue
        for (const method of METHODS.filter((one) => !methods.includes(one))) {
          // Oneself is a person's own: a key is refused before its method is looked at.
          const headers = /\/me(\/|$)/.test(path) ? { cookie, 'sec-fetch-site': 'same-origin' } : bearer()
          const answer = await send(server(), method, pathWith(taken[0] as Operation, UNKNOWN), headers)
          expectProblem(answer, 405, 'method_not_allowed')
          const allowed = (answer.headers.get('allow') ?? '').split(', ').filter((one) => one !== 'HEAD')
          expect(allowed.sort(), `${method} ${path}`).toEqual(methods.toSorted())
        }
      }
    })

    it.each(['HEAD', ...METHODS.slice(1)])('answers %s on a callback with 405 and uses nothing up', async (method) => {
      const answer = await send(server(), method, '/callback/linkedin?code=x&state=y')
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toContain('GET')
      if (method !== 'HEAD') expectProblem(answer, 405, 'method_not_allowed')
    })

    it('takes HEAD where it takes GET', async () => {
      for (const path of ['/healthz', '/readyz', '/api/v1/openapi.json', '/api/v1/connections']) {
        const answer = await send(server(), 'HEAD', path, bearer())
        expect([answer.status, answer.text], path).toEqual([200, ''])
      }
    })
  })

  it('serves the console: its page at its own addresses, its assets for ever, and nothing beside its folder', async () => {
    for (const path of ['/', '/accounts', '/setup', '/settings/security']) {
      const page = await send(withConsole, 'GET', path, { accept: 'text/html,*/*' })
      expect([page.status, page.text], path).toEqual([200, expect.stringContaining('the console')])
      expect(page.headers.get('cache-control')).toBe('no-cache')
    }
    const asset = await send(withConsole, 'GET', '/assets/app-1a2b.js')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/assets/missing.js', '/assets', '/assets/'])
      expectProblem(await send(withConsole, 'GET', path), 404)
    expectProblem(await send(withConsole, 'GET', '/api/v1/nowhere', { accept: 'text/html' }), 404)
    const beside = `${folder.split('/').at(-1)}-secret.txt`
    for (const path of [
      `/../${beside}`,
      `/%2e%2e/${beside}`,
      `/..%2f${beside}`,
      `/assets/..%2f..%2f${beside}`,
      `/..%5c${beside}`,
      `//${folder}-secret.txt`,
    ])
      expect((await send(withConsole, 'GET', path)).text, path).not.toContain('outside')
  })
})

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/{}]+')}$`)
