/** What is published, as a stranger meets it: packed, checked by publint and attw, installed into an empty project, run. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../packages/mooring/test/process/harness.ts'
import { pack, run, stage } from './pack.ts'

const root = join(import.meta.dirname, '..')
let folders: string[] = []
let archives: string[] = []
let project = ''
let server: ChildProcess | undefined

beforeAll(() => {
  folders = stage()
  archives = pack(folders)
  project = mkdtempSync(join(tmpdir(), 'mooring-stranger-'))
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...archives, 'react@19'], project)
}, 300_000)
afterAll(async () => {
  if (server && server.exitCode === null) {
    const over = new Promise((done) => server?.once('exit', done))
    server.kill('SIGTERM')
    await over
  }
  rmSync(project, { recursive: true, force: true })
})

it('publint finds nothing, not even something to suggest', async () => {
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const { messages } = await publint({ pkgDir: folder, level: 'suggestion', strict: true })
    expect(messages.map((one) => formatMessage(one, manifest))).toEqual([])
  }
})

it('attw finds the types of every entry', () => {
  for (const archive of archives) {
    const css = archive.includes('react') ? ['--exclude-entrypoints', './theme.css', './styles.css', './posts.css'] : []
    // It ends with 1, and `run` throws, where a problem is found.
    run(join(root, 'node_modules/.bin/attw'), [archive, '--profile', 'esm-only', ...css], project)
  }
})

it('holds no test, no TypeScript source, and nothing of this machine', () => {
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    expect(files.length).toBeGreaterThan(10)
    const strange = files.filter(({ name }) => /(\.test\.|testing|fixture)/.test(name) || /(?<!\.d)\.tsx?$/.test(name))
    expect(strange.map(({ name }) => name)).toEqual([])
    for (const { parentPath, name } of files) {
      if (!/\.(js|json|ts|css|html|md)$/.test(name)) continue
      expect(readFileSync(join(parentPath, name), 'utf8').includes(root), name).toBe(false)
    }
  }
})

describe('installed', () => {
  it('has types that a strict compiler takes', () => {
    writeFileSync(
      join(project, 'host.ts'),
      `import { createMooring, type Mooring, openMooring, providers, readConfig } from 'mooring'
import { expressHandler } from 'mooring/express'
import { honoHandler } from 'mooring/hono'
import { nextHandlers } from 'mooring/next'
import { ConnectionList, MooringProvider } from '@mooring/react'
import { startSandbox } from '@mooring/sandbox'
const config = readConfig({ MOORING_BASE_URL: 'http://localhost:3000' }, providers)
export const start = (): Promise<Mooring> => createMooring({ config, database: { admin: {} }, vaultKeys: '' })
export const { GET, POST } = nextHandlers(() => openMooring({ sandbox: true, authenticate: () => null }))
export { ConnectionList, expressHandler, honoHandler, MooringProvider, startSandbox }
`,
    )
    const flags = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      '',
    ]
    run(join(root, 'node_modules/.bin/tsc'), [...flags, 'host.ts'], project)
  })

  it('starts with one command: console, API and the simulated platforms', async () => {
    const env = {
      ...process.env,
      MOORING_DATA_DIR: join(project, 'data'),
      PORT: String(await freePort()),
      MOORING_SANDBOX: 'on',
    }
    const bin = join(project, 'node_modules/mooring/bin/mooring.js')
    server = spawn(process.execPath, [bin, 'serve'], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const url = await new Promise<string>((found, failed) => {
      const listen = (chunk: Buffer) => {
        said += chunk
        const at = /Console\s+(http:\/\/\S+)[\s\S]*Platforms .*\n/.exec(said)?.[1]
        if (at) found(at)
      }
      server?.stdout?.on('data', listen)
      server?.stderr?.on('data', listen)
      server?.once('exit', () => failed(new Error(`it ended:\n${said}`)))
    })
    const get = async (path: string) => {
      const answer = await fetch(url + path, { headers: { accept: 'text/html, application/json' } })
      return [answer.status, await answer.text()] as const
    }
    expect(await get('/readyz')).toEqual([200, '{"status":"ready"}'])
    expect((await get('/accounts'))[1]).toContain('<title>Mooring')
    expect((await get('/api/v1/docs'))[0]).toBe(200)
    expect((await get('/docs/guides/configuration'))[0]).toBe(200)
    expect(said).toMatch(
      /Platforms +LinkedIn, X, Facebook, Instagram, Google Analytics, HubSpot, Threads, Unipile, HeyReach: simulated/,
    )
  })
})
