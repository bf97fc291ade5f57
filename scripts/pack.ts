/**
 * `npm run pack`: what is published, as archives under build/npm. Node refuses TypeScript below node_modules, so that the
 * packages bear JavaScript and types made of the sources; in the checkout the sources run as they are.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { buildConsole } from './build-console.ts'

const root = join(import.meta.dirname, '..')
export const STAGE = join(root, 'build/npm')

type Manifest = Record<string, unknown> & { name: string; version: string; dependencies?: Record<string, string> }

interface Packed {
  /** The folder below packages/. */
  folder: string
  /** What stands beside the code in its own form, by the ending of its name. */
  assets: RegExp
  /** Changes what the checkout's package.json says to what a stranger needs. */
  manifest(own: Manifest): Manifest
  /** More files, into the stage of this package. */
  more?(stage: string): void
}

const entry = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` })

/** The engine needs what Node has from here on (Promise.withResolvers, crypto.hash). */
const ENGINES = { node: '>=22' }

export const PACKED: readonly Packed[] = [
  {
    folder: 'sandbox',
    assets: /\.(css|svg|html)$/,
    manifest: (own) => ({ ...own, engines: ENGINES, exports: { '.': entry('index') } }),
  },
  {
    folder: 'react',
    assets: /\.(css|svg)$/,
    manifest: (own) => ({
      ...own,
      exports: {
        '.': entry('index'),
        './theme.css': './dist/theme.css',
        './styles.css': './dist/styles.css',
        './posts.css': './dist/posts.css',
      },
      sideEffects: ['*.css'],
    }),
  },
  {
    folder: 'mooring',
    assets: /\.sql$/,
    manifest: (own) => ({
      ...own,
      engines: ENGINES,
      exports: {
        '.': entry('index'),
        './express': entry('hosts/express'),
        './hono': entry('hosts/hono'),
        './next': entry('hosts/next'),
      },
      dependencies: { ...own.dependencies, '@mooring/sandbox': own.version },
    }),
    more(stage) {
      buildConsole()
      cpSync(join(root, 'apps/console/dist'), join(stage, 'console'), { recursive: true })
      for (const folder of ['guides', 'providers'])
        cpSync(join(root, 'docs', folder), join(stage, 'docs', folder), { recursive: true })
      mkdirSync(join(stage, 'bin'))
      writeFileSync(
        join(stage, 'bin/mooring.js'),
        "#!/usr/bin/env node\nimport { main } from '../dist/cli/main.js'\n\nawait main(process.argv.slice(2))\n",
        { mode: 0o755 },
      )
    },
  },
]

/** Fills build/npm/<folder> for each package, and returns their folders. */
export function stage(): string[] {
  rmSync(STAGE, { recursive: true, force: true })
  return PACKED.map(({ folder, assets, manifest, more }) => {
    const from = join(root, 'packages', folder)
    const to = join(STAGE, folder)
    mkdirSync(to, { recursive: true })
    compile(join(from, 'src'), join(to, 'dist'))
    copyAssets(join(from, 'src'), join(to, 'dist'), assets)
    const { private: _, ...own } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest
    const made = { ...manifest(own as Manifest), files: ['dist', 'bin', 'console', 'docs'] }
    writeFileSync(join(to, 'package.json'), `${JSON.stringify(made, null, 2)}\n`)
    for (const name of ['LICENSE', 'README.md']) cpSync(join(root, name), join(to, name))
    more?.(to)
    return to
  })
}

function compile(from: string, to: string): void {
  const config = join(STAGE, `tsconfig.${relative(root, from).split('/')[1]}.json`)
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    allowImportingTsExtensions: false,
    rootDir: from,
    outDir: to,
    // As its user sees it: a package, and no sources beside one's own.
    paths: { '@mooring/sandbox': [join(STAGE, 'sandbox/dist/index.d.ts')] },
  }
  const exclude = ['*.test.ts', '*.test.tsx', '*.fixture.ts', 'testing.ts', '*-testing.ts'].map(
    (one) => `${from}/**/${one}`,
  )
  const text = { extends: join(root, 'tsconfig.json'), compilerOptions, include: [from], exclude }
  writeFileSync(config, JSON.stringify(text))
  run('tsc', ['-p', config], root)
  rmSync(config)
}

function copyAssets(from: string, to: string, assets: RegExp): void {
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !assets.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const target = join(to, relative(from, path))
    mkdirSync(dirname(target), { recursive: true })
    cpSync(path, target)
  }
}

/** Makes one archive of each staged folder, beside them. Returns their paths. */
export function pack(folders: readonly string[]): string[] {
  return folders.map((folder) => {
    const out = run('npm', ['pack', '--json', '--pack-destination', STAGE], folder)
    const [made] = JSON.parse(out) as { filename: string }[]
    return join(STAGE, made?.filename ?? '')
  })
}

export function run(command: string, args: string[], cwd: string): string {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', shell, maxBuffer: 64 << 20 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`)
  return stdout
}

if (process.argv[1]?.endsWith('pack.ts')) {
  for (const archive of pack(stage())) process.stdout.write(`${relative(root, archive)}\n`)
}
