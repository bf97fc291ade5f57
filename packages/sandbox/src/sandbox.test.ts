import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts'
import { kit, REDIRECT, reply } from './kit.ts'

async function running<T>(options: SandboxOptions, look: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox(options)
  try {
    return await look(sandbox)
  } finally {
    await sandbox.stop()
  }
}

/** Some port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port > 65_000 ? port - 5000 : port
}

/** Runs with a fixed port; tries another where one of the neighbours happens to be taken. */
async function onFixedPort(
  options: (port: number) => SandboxOptions,
  look: (sandbox: Sandbox, port: number) => Promise<void>,
) {
  for (let left = 20; ; left--) {
    const port = await freePort()
    const sandbox = await startSandbox(options(port)).catch((error: Error) => error)
    if (sandbox instanceof Error && left > 0) continue
    if (sandbox instanceof Error) throw sandbox
    return look(sandbox, port).finally(sandbox.stop)
  }
}

describe('starting', () => {
  it('listens once for itself and once for each real origin', () =>
    running({}, async ({ url, origins }) => {
      expect(Object.keys(origins)).toEqual([
        'https://www.linkedin.com',
        'https://api.linkedin.com',
        'https://media.licdn.com',
        'https://x.com',
        'https://api.x.com',
        'https://pbs.twimg.com',
        'https://www.facebook.com',
        'https://graph.facebook.com',
        'https://scontent.xx.fbcdn.net',
        'https://rupload.facebook.com',
        'https://www.instagram.com',
        'https://api.instagram.com',
        'https://graph.instagram.com',
        'https://scontent.cdninstagram.com',
        'https://accounts.google.com',
        'https://oauth2.googleapis.com',
        'https://openidconnect.googleapis.com',
        'https://analyticsadmin.googleapis.com',
        'https://analyticsdata.googleapis.com',
        'https://lh3.googleusercontent.com',
        'https://app.hubspot.com',
        'https://app-eu1.hubspot.com',
        'https://api.hubapi.com',
        'https://www.threads.net',
        'https://graph.threads.net',
        'https://scontent-fra3-1.cdninstagram.com',
        'https://api.heyreach.io',
        'https://api1.unipile.com:13111',
        'https://api.unipile.com',
        'https://account.unipile.com',
      ])
      const all = [url, ...Object.values(origins)]
      expect(new Set(all).size).toBe(all.length)
      for (const origin of all) {
        expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
        expect((await fetch(origin)).status).toBe(200)
      }
    }))

  const portOf = (origin: string) => Number(new URL(origin).port)
  const from = (port: number, count: number) => Array.from({ length: count }, (_, i) => port + i)

  it('takes consecutive ports from the one it is given', () =>
    onFixedPort(
      (port) => ({ port }),
      async ({ url, origins }, port) =>
        expect([url, ...Object.values(origins)].map(portOf)).toEqual(from(port, Object.keys(origins).length + 1)),
    ))

  it('takes the platforms’ first port apart', () =>
    onFixedPort(
      (basePort) => ({ basePort }),
      async ({ origins }, port) =>
        expect(Object.values(origins).map(portOf)).toEqual(from(port, Object.keys(origins).length)),
    ))

  it('says which port is taken, and leaves none open behind it', async () => {
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    const { port } = taken.address() as AddressInfo
    await expect(startSandbox({ port })).rejects.toThrow(`cannot listen on port ${port} of 127.0.0.1`)
    const front = await freePort()
    await expect(startSandbox({ port: front, basePort: port })).rejects.toThrow('cannot listen on port')
    await expect(fetch(`http://127.0.0.1:${front}`)).rejects.toThrow()
    await new Promise((done) => taken.close(done))
  })

  it('stops, twice if need be, also while somebody waits', async () => {
    const sandbox = await startSandbox()
    sandbox.control.fault({ endpoint: '*', kind: 'hang' })
    const waiting = fetch(`${sandbox.origins['https://api.linkedin.com']}/v2/me`).catch(() => 'closed')
    while (sandbox.control.requests('linkedin.me') === 0) await new Promise((next) => setImmediate(next))
    await sandbox.stop()
    await sandbox.stop()
    expect(await waiting).toBe('closed')
    await expect(fetch(sandbox.url)).rejects.toThrow()
  })

  it('gives two platforms at one address one port, whichever is played', async () => {
    const www = 'https://www.instagram.com'
    await running({ only: ['meta'] }, async ({ origins }) => expect(Object.keys(origins)).toContain(www))
    await running({ only: ['meta', 'instagram'] }, async ({ origins }) => {
      expect(Object.keys(origins).filter((one) => one === www)).toHaveLength(1)
      // A window of Instagram's own login, and a post that came by way of a Page.
      expect((await fetch(`${origins[www]}/oauth/authorize`)).headers.get('content-type')).toContain('text/html')
      expect(await (await fetch(`${origins[www]}/p/DMaaaaaaaaa/`)).text()).toContain('Page not found')
    })
  })

  it('two of them know nothing of each other', () =>
    running({ redirectUris: { linkedin: [REDIRECT] } }, (one) =>
      running({}, async (two) => {
        one.control.apply({ outage: true })
        expect(two.control.state().outage).toBeNull()
        expect(two.control.state().linkedin.apps[0]?.redirectUris).toEqual([])
        expect(one.control.state().linkedin.apps[0]?.redirectUris).toEqual([REDIRECT])
      }),
    ))

  it('starts with settings, and returns to them', () =>
    running({ linkedin: { tokenType: 'Bearer', skipConsent: false } }, async ({ control }) => {
      control.apply({ linkedin: { settings: { tokenType: 'absent' } } })
      control.reset()
      expect(control.state().linkedin.settings).toMatchObject({
        tokenType: 'Bearer',
        skipConsent: false,
        locale: 'object',
      })
    }))

  it('uses the machine’s time unless told', () =>
    running({}, async ({ control }) => expect(Math.abs(control.state().clock.now - Date.now())).toBeLessThan(60_000)))

  it('writes one line a request, without what is secret in it', async () => {
    const lines: string[] = []
    await running({ log: (line) => lines.push(line) }, async ({ origins }) => {
      await fetch(`${origins['https://www.linkedin.com']}/oauth/v2/authorization?client_id=x&state=secret`)
    })
    expect(lines).toEqual(['GET /oauth/v2/authorization 400'])
  })
})

describe('the ready-made apps', () => {
  const k = kit()

  it('of LinkedIn are three, with scopes of their products', () => {
    const ours = k.sandbox.apps.filter(({ provider }) => provider === 'linkedin')
    expect(ours.map(({ provider, registration, scopes }) => [provider, registration, scopes])).toEqual([
      [
        'linkedin',
        'linkedin',
        [
          'openid',
          'profile',
          'email',
          'w_member_social',
          'rw_organization_admin',
          'r_organization_social',
          'w_organization_social',
        ],
      ],
      [
        'linkedin',
        'linkedin-community',
        [
          'r_basicprofile',
          'w_member_social',
          'w_organization_social',
          'r_organization_social',
          'rw_organization_admin',
        ],
      ],
      ['linkedin', 'linkedin-selfserve', ['openid', 'profile', 'email', 'w_member_social']],
    ])
  })

  it('have secrets that must be encoded, and that nobody takes for real ones', () => {
    for (const app of k.sandbox.apps) {
      // X's are of other characters: those that are escaped needlessly.
      if (app.provider === 'linkedin') expect(app.clientSecret).toMatch(/SANDBOX.*\/.*\+.*=/)
      if (app.provider === 'x' && app.clientSecret !== '') expect(app.clientSecret).toMatch(/^SANDBOX.*-.*_/)
      // Meta's are digits; a service that takes a key alone has none.
      expect(app.clientId).toMatch(/^(sandbox(-|$)|1000000000000\d\d$)/)
    }
  })

  it('of X are two: a web app, and a native app without a secret', () => {
    const ours = k.sandbox.apps.filter(({ provider }) => provider === 'x')
    expect(ours.map(({ registration, clientSecret }) => [registration, clientSecret !== ''])).toEqual([
      ['x', true],
      ['x-native', false],
    ])
  })

  it('are a copy: changing it changes nothing', async () => {
    k.sandbox.apps[0]?.scopes.splice(0)
    expect(k.sandbox.control.state().linkedin.apps[0]?.scopes.length).toBeGreaterThan(0)
    k.sandbox.apps[0]?.scopes.push('openid')
  })
})

describe('the front page', () => {
  const k = kit()

  it('says what this is on every port', async () => {
    for (const origin of [k.sandbox.url, ...Object.values(k.sandbox.origins)]) {
      const { status, text, headers } = await reply(await fetch(`${origin}/`))
      expect(status).toBe(200)
      expect(headers.get('content-type')).toMatch(/^text\/html/)
      expect(text).toContain('This is the Mooring sandbox')
      for (const [real, here] of Object.entries(k.sandbox.origins)) {
        expect(text).toContain(real)
        expect(text).toContain(here)
      }
    }
  })

  it('shows the apps that can be used', async () => {
    const { text } = await reply(await fetch(k.sandbox.url))
    for (const app of k.sandbox.apps) expect(text).toContain(app.clientId)
    expect(text).toContain(REDIRECT)
  })
})

describe('a browser without a screen', () => {
  const k = kit()

  it('takes real and mapped addresses alike', async () => {
    const real = k.authorizeUrl()
    const mapped = real.replace('https://www.linkedin.com', k.www(''))
    for (const url of [real, mapped]) expect((await k.sandbox.browser().open(url)).status).toBe(200)
  })

  it('stops at the door of the application', async () => {
    const screen = await k.sandbox.browser().consent(k.authorizeUrl())
    expect(screen).toMatchObject({ status: 302, location: expect.stringContaining(`${REDIRECT}?code=`) })
  })

  it('gives back an error page as it is', async () => {
    const screen = await k.sandbox.browser().consent(k.authorizeUrl({ authorize: { client_id: 'nobody' } }))
    expect(screen).toMatchObject({ status: 401, location: undefined })
  })

  it('keeps its own cookies', async () => {
    const one = k.sandbox.browser()
    await k.tokens({ member: 'tomas' }, one)
    expect((await one.open(k.authorizeUrl())).status).toBe(302)
    expect((await k.sandbox.browser().open(k.authorizeUrl())).status).toBe(200)
  })
})

describe('the house', () => {
  const root = import.meta.dirname
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, source: readFileSync(join(root, name), 'utf8') }))

  it('imports nothing of the engine, and no package it does not declare', () => {
    const declared = Object.keys(JSON.parse(readFileSync(join(root, '../package.json'), 'utf8')).dependencies)
    for (const { name, source } of files) {
      for (const [, from = ''] of source.matchAll(/^(?:import|export|\}) ?.*? from '([^']+)'$/gm)) {
        const known =
          from.startsWith('.') ||
          from.startsWith('node:') ||
          from === 'vitest' ||
          declared.some((one) => from === one || from.startsWith(`${one}/`))
        expect([name, from, known]).toEqual([name, from, true])
        expect(from).not.toContain('mooring/')
      }
    }
  })

  it('reads the machine’s time in the clock only', () => {
    const own = files.filter(({ name }) => !name.endsWith('.test.ts') && !name.endsWith('clock.ts'))
    expect(own.filter(({ source }) => /Date\.now|new Date\(\)/.test(source)).map(({ name }) => name)).toEqual([])
  })

  it('keeps its files short', () => {
    const lengths = files
      .filter(({ name }) => !name.endsWith('.test.ts'))
      .map(({ source }) => source.split('\n').length)
    lengths.sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(120)
    expect(lengths.at(-1)).toBeLessThan(300)
  })
})
