/** What Prometheus reads. Answered within five seconds whatever the database does: that is when the numbers are wanted most. */
import { hash } from 'node:crypto'
import type { Context } from 'hono'
import { type Principal, requireScope } from '../../access/principal.ts'
import { isMooringError, MooringError } from '../../error.ts'
import { within } from '../../metrics.ts'
import type { App, HttpOptions, Vars } from '../context.ts'
import { notFound } from '../problem.ts'

/** So long a key may be looked up, in ms. */
const LOOK_UP_MS = 1_000
/** A key that was good within this time is believed while the database is away, for these numbers and nothing else. */
const REMEMBERED_MS = 3_600_000
const MOST_REMEMBERED = 100

export function metricsRoutes(app: App, options: HttpOptions): void {
  const { metrics } = options.engine
  const remembered = new Map<string, number>()
  app.get('/metrics', async (c) => {
    if (options.metrics === 'off') throw notFound()
    if (options.metrics === 'key') await requireKey(c, options, remembered)
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType })
  })
}

async function requireKey(c: Context<Vars>, options: HttpOptions, remembered: Map<string, number>): Promise<void> {
  const key = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (key === undefined) throw unauthorized()
  const hashed = hash('sha256', key)
  const now = options.engine.runtime.now()
  const found = await within(LOOK_UP_MS, lookUp(options, key))
  if (found === undefined) {
    if (now - (remembered.get(hashed) ?? Number.NEGATIVE_INFINITY) < REMEMBERED_MS) return
    throw new MooringError('database_unavailable', 'The server cannot reach its database.', { retryAfter: 5 })
  }
  remembered.delete(hashed)
  if (found === 'nobody') throw unauthorized()
  requireScope(found, 'metrics:read')
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(hashed, now)
}

/** Undefined: the database is away, so nobody knows. */
async function lookUp({ keys }: HttpOptions, key: string): Promise<Principal | 'nobody' | undefined> {
  try {
    return (await keys.authenticate(key)) ?? 'nobody'
  } catch (error) {
    if (isMooringError(error) && error.code === 'database_unavailable') return undefined
    throw error
  }
}

const unauthorized = () =>
  new MooringError('unauthorized', 'Send an API key with metrics:read.', {
    detail: 'Authorization: Bearer <key>. MOORING_METRICS says who may read this.',
  })
