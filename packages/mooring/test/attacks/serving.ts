/** A real `mooring serve`, with an environment of exactly what is named, and a database of the tests' own PostgreSQL. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'

const BIN = fileURLToPath(new URL('../../bin/mooring.js', import.meta.url))

const CODE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/mooring-processes', import.meta.url))

export interface Serving {
  /** Standard output and standard error, so far. */
  said(): string
  ended: Promise<number | null>
  stop(): Promise<number | null>
}

export function serve(env: Record<string, string>, args: readonly string[] = ['serve']): Serving {
  const { PATH = '', HOME = '/' } = process.env
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH, HOME, NODE_COMPILE_CACHE: CODE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { said: () => said, ended, stop }
}

/** As an operator would write it. */
export function databaseUrl(admin: pg.ClientConfig): string {
  const url = new URL(`postgres://${admin.user}@localhost:${admin.port}/${admin.database}`)
  if (typeof admin.password === 'string') url.password = admin.password
  if (admin.host?.startsWith('/')) url.searchParams.set('host', admin.host)
  else url.hostname = admin.host ?? 'localhost'
  return url.href
}
