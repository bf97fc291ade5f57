/** The house's rules, walked: which folder may import which, where a provider may be named, how long a file may be. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providers } from '../src/providers/index.ts'

const src = join(import.meta.dirname, '../src')
const repository = join(src, '../../..')

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(path, ending)
    return ending.test(entry.name) ? [path] : []
  })
}

const isTest = (path: string) => /\.(test|fixture)\.tsx?$|testing\.ts$/.test(path)
const sources = (folder: string) => filesBelow(folder, /\.tsx?$/).filter((path) => !isTest(path))

/** The specifiers that a file imports, static or dynamic. */
const importsOf = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')

/** The part of the house that a file belongs to: its folder under src, or its own name for those at the top. */
function partOf(path: string): string {
  const [first = '', ...rest] = relative(src, path).split('/')
  return rest.length === 0 ? first.replace(/\.ts$/, '') : first
}

/** What each part may import, besides itself. Top to bottom, as the design has it. */
const ALLOWED: Record<string, string[]> = {
  error: [],
  'runtime-stream': ['error'],
  'runtime-outside-get': [],
  'runtime-outside': ['runtime-outside-get'],
  runtime: ['error', 'runtime-stream', 'runtime-outside'],
  'provider-push': [],
  'provider-pictures': [],
  'provider-fields': ['error'],
  'provider-grants': [],
  'provider-versions': [],
  'metrics-cells': [],
  metrics: ['provider', 'error', 'runtime', 'metrics-cells'],
  'provider-credentials': ['provider'],
  'provider-posts': [],
  'provider-publishing': ['provider', 'provider-posts'],
  provider: [
    'provider-credentials',
    'provider-fields',
    'provider-grants',
    'provider-publishing',
    'provider-push',
    'provider-versions',
    'provider-pictures',
  ],
  'config-registration': ['provider'],
  'config-jwt': ['config-registration', 'access'],
  'config-sign-in': ['config-registration', 'access'],
  'config-media': ['config-registration', 'publishing'],
  onboarding: ['error', 'runtime', 'store'],
  'config-onboarding': ['config-registration', 'onboarding', 'provider'],
  config: [
    'error',
    'provider',
    'config-registration',
    'config-jwt',
    'config-sign-in',
    'config-onboarding',
    'config-media',
    'onboarding',
  ],
  vault: ['error'],
  protocol: ['error', 'runtime', 'provider'],
  store: ['error', 'runtime'],
  publishing: [
    'error',
    'runtime',
    'provider',
    'provider-publishing',
    'protocol',
    'vault',
    'store',
    'metrics',
    'connections',
  ],
  connections: [
    'error',
    'runtime',
    'provider',
    'provider-credentials',
    'provider-push',
    'protocol',
    'vault',
    'store',
    'metrics',
    'provider-pictures',
  ],
  flows: ['error', 'runtime', 'provider', 'provider-credentials', 'protocol', 'vault', 'store', 'connections'],
  events: ['error', 'runtime', 'store', 'vault'],
  jobs: ['error', 'runtime', 'connections', 'events', 'flows', 'publishing'],
  access: ['error', 'runtime', 'store', 'vault'],
  http: [
    'error',
    'runtime',
    'provider',
    'provider-publishing',
    'onboarding',
    'access',
    'events',
    'flows',
    'connections',
    'publishing',
    'store',
    'metrics',
  ],
  providers: ['provider', 'provider-credentials', 'provider-publishing', 'provider-push', 'provider-versions'],
  presence: ['error', 'runtime', 'store'],
  hosts: ['error', 'http', 'mooring'],
  mooring: [
    'error',
    'runtime',
    'provider',
    'config',
    'vault',
    'store',
    'connections',
    'publishing',
    'access',
    'http',
    'presence',
    'jobs',
    'metrics',
  ],
  embedded: ['access', 'cli', 'config', 'mooring'],
  index: ['error', 'access', 'embedded', 'config', 'provider', 'providers', 'mooring'],
  cli: [
    'error',
    'runtime',
    'config',
    'provider',
    'providers',
    'vault',
    'store',
    'hosts',
    'mooring',
    'provider-pictures',
  ],
}

describe('imports run one way', () => {
  it.each(sources(src).map((path) => [relative(src, path), path]))('%s', (_, path) => {
    const part = partOf(path)
    const allowed = ALLOWED[part]
    expect(allowed, `${part} is a new part of the house: say in this test what it may import`).toBeDefined()
    for (const specifier of importsOf(path)) {
      if (!specifier.startsWith('.')) continue
      const target = partOf(resolve(dirname(path), specifier))
      if (target !== part) expect(allowed, `${part} imports ${target}`).toContain(target)
    }
  })

  it('types alone of the store reach the routes: SQL stays in the store', () => {
    for (const path of sources(join(src, 'http'))) {
      const text = readFileSync(path, 'utf8')
      for (const line of text.split('\n').filter((one) => /from '.*\/store\//.test(one)))
        expect(line, relative(src, path)).toMatch(/^import type/)
    }
    for (const path of sources(src).filter((one) => partOf(one) !== 'store')) {
      expect(importsOf(path), relative(src, path)).not.toContain('kysely')
    }
  })

  it('one file imports oauth4webapi', () => {
    const importers = sources(src).filter((path) => importsOf(path).includes('oauth4webapi'))
    expect(importers.map((path) => relative(src, path))).toEqual(['protocol/oauth.ts'])
  })

  it('one file imports prom-client', () => {
    const importers = sources(src).filter((path) => importsOf(path).includes('prom-client'))
    expect(importers.map((path) => relative(src, path))).toEqual(['metrics.ts'])
  })

  it('one file imports jose', () => {
    const importers = sources(src).filter((path) => importsOf(path).includes('jose'))
    expect(importers.map((path) => relative(src, path))).toEqual(['access/jwt.ts'])
  })

  it.each([
    [/^better-auth|^@better-auth/, 'access/sign-in/library.ts'],
    [/^nodemailer$/, 'access/sign-in/mail.ts'],
    [/^standardwebhooks$/, 'events/webhooks.ts'],
    [/^@zxcvbn-ts/, 'access/sign-in/strength.ts'],
    [/^@aws-sdk/, 'publishing/media/s3.ts'],
    [/^(file-type|strtok3)$/, 'publishing/media/sniff.ts'],
    [/^mediabunny$/, 'publishing/media/probe-film.ts'],
    [/^unpdf$/, 'publishing/media/probe-pdf.ts'],
    [/^sharp$/, 'publishing/media/pictures.ts'],
    [/^(htmlparser2|html-encoding-sniffer)$/, 'publishing/media/card.ts'],
    [/^@fastify\/busboy$/, 'http/media-upload.ts'],
    [/^twitter-text$/, 'providers/x/publishing/count.ts'],
  ])('one file imports %s', (library, file) => {
    const importers = sources(src).filter((path) => importsOf(path).some((one) => library.test(one)))
    expect(importers.map((path) => relative(src, path))).toEqual([file])
  })

  it('one file imports undici', () => {
    const importers = sources(src).filter((path) => importsOf(path).includes('undici'))
    expect(importers.map((path) => relative(src, path))).toEqual(['runtime-stream.ts'])
  })

  it('one file imports pg-boss', () => {
    const importers = sources(src).filter((path) => importsOf(path).includes('pg-boss'))
    expect(importers.map((path) => relative(src, path))).toEqual(['jobs/queue.ts'])
  })

  it('one file of the engine knows the sandbox, and the sandbox knows nothing of the engine', () => {
    const importers = sources(src).filter((path) =>
      importsOf(path).some((one) => one.includes('sandbox') && !one.startsWith('.')),
    )
    expect(importers.map((path) => relative(src, path))).toEqual(['cli/sandbox.ts'])
    const outside = [
      ...sources(join(repository, 'packages/sandbox/src')),
      ...sources(join(repository, 'packages/react/src')),
      ...sources(join(repository, 'apps')),
    ]
    expect(outside.length).toBeGreaterThan(20)
    for (const path of outside)
      for (const one of importsOf(path)) expect(one, path).not.toMatch(/^mooring(\/|$)|packages\/mooring/)
  })

  it('the environment is read at the edge alone', () => {
    const readers = sources(src).filter((path) => /process\.env/.test(readFileSync(path, 'utf8')))
    // The command line's own, and PostgreSQL's child processes, which get a copy without our secrets.
    const edge = ['cli/environment.ts', 'store/carried/environment.ts', 'store/carried/process.ts']
    expect(readers.map((path) => relative(src, path)).sort()).toEqual(edge)
  })

  it('nothing but the runtime touches the clock, chance or the network, below the command line', () => {
    const parts = ['protocol', 'flows', 'connections', 'access', 'http', 'providers', 'provider', 'config']
    for (const path of sources(src).filter((one) => parts.includes(partOf(one)))) {
      expect(readFileSync(path, 'utf8'), relative(src, path)).not.toMatch(
        /Date\.now\(|Math\.random\(|globalThis\.fetch|\bawait fetch\(|setTimeout\(|randomBytes|randomUUID/,
      )
    }
  })
})

describe('a provider is named in its own folder alone', () => {
  const ids = providers.flatMap((provider) => [
    provider.id,
    provider.name,
    ...provider.apps.flatMap((app) => [app.id, app.envPrefix]),
  ])
  /** A string begins with it. One letter begins much else: it counts as a whole string, and a capital as its variables' prefix. */
  const named = (code: string, id: string): boolean => {
    if (id.length > 2) return [`'${id}`, `"${id}`, `\`${id}`].some((start) => code.includes(start))
    return new RegExp(id === id.toUpperCase() ? `['"\`]${id}_[A-Z]` : `(['"\`])${id}\\1`).test(code)
  }
  it.each([
    ["id === 'x'", 'x', true],
    ['[`x`]', 'x', true],
    ["env['X_CLIENT_ID']", 'X', true],
    ["'x-forwarded-for'", 'x', false],
    ["'X-Frame-Options'", 'X', false],
    ["'linkedin-community'", 'linkedin', true],
  ])('%s names %s: %s', (code, id, yes) => expect(named(code, id)).toBe(yes))

  it.each(
    sources(src)
      .filter((path) => partOf(path) !== 'providers')
      // What they name is other systems' own: their columns, and their words for platforms.
      .filter((path) => !relative(src, path).startsWith('cli/import/'))
      .map((path) => [relative(src, path), path]),
  )('%s', (_, path) => {
    // Comments may name a platform where they give an outside fact.
    const code = readFileSync(path, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '')
    for (const id of ids) expect(named(code, id), id).toBe(false)
  })
})

describe('a file says one thing', () => {
  /** Longer than 300 lines, each with its reason. */
  const LONG: Record<string, string> = {
    'packages/mooring/src/http/schemas.ts': 'types: the shapes of the whole API, read together',
    'packages/mooring/src/store/schema.ts': 'types: every table, in one place',
    'packages/react/src/api.ts': 'the same shapes as a host sees them',
    'apps/console/src/app/router.tsx': 'every page of the console with its address, read together',
  }
  const folders = ['packages/mooring/src', 'packages/sandbox/src', 'packages/react/src', 'apps/console/src']
  const lengths = folders
    .flatMap((folder) => sources(join(repository, folder)))
    .map((path) => ({ path: relative(repository, path), lines: readFileSync(path, 'utf8').split('\n').length }))

  it('in under 120 lines at the median, and in 300 unless it has a reason', () => {
    const sorted = lengths.map((one) => one.lines).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120)
    expect(lengths.filter((one) => one.lines > 300 && !LONG[one.path])).toEqual([])
  })

  it('every folder with code says what belongs in it', () => {
    const missing = folders
      .flatMap((folder) => readdirSync(join(repository, folder)).map((name) => join(folder, name)))
      .filter((path) => statSync(join(repository, path)).isDirectory())
      .filter((path) => !['migrations', 'commands', 'routes'].some((name) => path.endsWith(name)))
      .filter((path) => !readdirSync(join(repository, path)).includes('README.md'))
    expect(missing).toEqual([])
  })
})
