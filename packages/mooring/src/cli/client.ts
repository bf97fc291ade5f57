/** A command's way to the API: a server by URL and key, the server of the data folder, or, where none runs, the folder itself. */
import { randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { type Config, configFault } from '../config.ts'
import { ERROR_STATUS, type ErrorCode, MooringError, unknownFault } from '../error.ts'
import { silent } from '../runtime.ts'
import { databaseBeside, dataDirOf, environment, loadConfig, usesFolder, vaultKeysOf } from './environment.ts'
import { readServerFile } from './server-file.ts'

export interface Client {
  /** Parsed JSON of a good answer. Throws MooringError with the code of a bad one; `database_unavailable` when cut by the signal. */
  call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown>
  /** A file of this machine, streamed to the server. Throws MooringError as `call`, and `invalid_request` where it cannot be read. */
  upload(path: string): Promise<unknown>
  /** Where the console is, for people. */
  baseUrl: string
  /** A server runs, so a callback can be answered. */
  served: boolean
  close(): Promise<void>
}

export async function openClient(): Promise<Client> {
  const served = await openServed()
  if (served) return served
  const config = loadConfig()
  return inFolder(config, dataDirOf(config))
}

/**
 * For a command that goes on while servers come and go. Undefined where none runs on the folder: its database is left
 * alone then, since the server that comes back starts it for itself. A database of the operator's serves everybody.
 */
export async function openServed(): Promise<Client | undefined> {
  const env = environment()
  if (env.MOORING_URL) return remote(elsewhere(env.MOORING_URL), keyFor(env.MOORING_API_KEY))
  const config = loadConfig(env)
  const dataDir = dataDirOf(config, env)
  const running = readServerFile(dataDir)
  // A killed server leaves its file, and another program may have its process id by now.
  if (running && (await answers(running.url))) return { ...remote(running.url, running.key), baseUrl: config.baseUrl }
  return config.databaseUrl === undefined ? undefined : inFolder(config, dataDir)
}

function elsewhere(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '')
  throw configFault([
    {
      variable: 'MOORING_URL',
      problem: 'is not an address',
      mend: 'Use the address of a server, like https://social.example.com.',
    },
  ])
}

function keyFor(key: string | undefined): string {
  if (key) return key
  throw configFault([
    {
      variable: 'MOORING_API_KEY',
      problem: 'is missing beside MOORING_URL',
      mend: 'Set it to an API key of that server.',
    },
  ])
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** The engine without a server, for as long as the command takes. */
async function inFolder(config: Config, dataDir: string): Promise<Client> {
  const vaultKeys = vaultKeysOf(config, dataDir).keys
  const database = await databaseBeside(config, dataDir, silent)
  const localKey = randomBytes(24).toString('base64url')
  try {
    const { createMooring } = await import('../mooring.ts')
    const mooring = await createMooring({
      config,
      database: database.target,
      vaultKeys,
      dataDir: usesFolder(config) ? dataDir : undefined,
      localKey,
      serves: false,
    })
    return {
      baseUrl: config.baseUrl,
      served: false,
      call: (method, path, body, signal) =>
        ask((request) => Promise.resolve(mooring.fetch(request)), config.baseUrl, localKey, method, path, body, signal),
      upload: (path) => sendFile((request) => Promise.resolve(mooring.fetch(request)), config.baseUrl, localKey, path),
      close: async () => {
        await mooring.close()
        await database.carried?.stop()
      },
    }
  } catch (error) {
    await database.carried?.stop()
    throw error
  }
}

const remote = (url: string, key: string): Client => ({
  baseUrl: url,
  served: true,
  call: (method, path, body, signal) => ask(fetch, url, key, method, path, body, signal),
  upload: (path) => sendFile(fetch, url, key, path),
  close: async () => {},
})

const ProblemShape = z.object({
  code: z.string(),
  detail: z.string(),
  operatorDetail: z.string().optional(),
  providerCode: z.string().optional(),
  retryAfter: z.number().optional(),
})

async function ask(
  send: (request: Request) => Promise<Response>,
  url: string,
  key: string,
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  return answered(send, url, {
    path,
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
}

/** From the disk as it is sent: no file is held in memory. */
async function sendFile(
  send: (request: Request) => Promise<Response>,
  url: string,
  key: string,
  path: string,
): Promise<unknown> {
  const body = await openAsBlob(path).catch(() => {
    throw new MooringError('invalid_request', `${path} cannot be read.`)
  })
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(basename(path)),
  }
  return answered(send, url, { path: '/media', method: 'POST', headers, body })
}

async function answered(
  send: (request: Request) => Promise<Response>,
  url: string,
  { path, ...init }: RequestInit & { path: string },
): Promise<unknown> {
  const request = new Request(`${url}/api/v1${path}`, init)
  const response = await send(request).catch((error: unknown) => {
    throw new MooringError('database_unavailable', `No server answers at ${url}.`, {
      detail: `  ${unknownFault(error)}. Is it running?`,
    })
  })
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (response.ok) return answer
  const problem = ProblemShape.safeParse(answer)
  if (!problem.success) throw new MooringError('internal', `The server answered ${response.status}.`)
  const { code, detail, operatorDetail, providerCode, retryAfter } = problem.data
  const known: ErrorCode = code in ERROR_STATUS ? (code as ErrorCode) : 'internal'
  throw new MooringError(known, detail, {
    detail: operatorDetail === undefined ? undefined : `  ${operatorDetail}`,
    providerCode,
    retryAfter,
  })
}
