/**
 * One of several servers that publish at the tests' platform, in a process of its own. It stops at the points of a delivery
 * that its parent names, so that it can be killed just there; that is put around the runtime and the store from outside.
 */
import type pg from 'pg'
import { readConfig } from '../../src/config.ts'
import { listen } from '../../src/hosts/node.ts'
import { createMooring } from '../../src/mooring.ts'
import { PRESS_ORIGINS, pressProvider } from '../press-provider.ts'

/** In order: the attempt is not written; it is written and its request has not left. */
export type Point = 'before-attempt' | 'before-request'
export interface Settings {
  admin: pg.ClientConfig
  vaultKeys: string
  apiKey: string
  origins: Record<string, string>
}
export type Order = { id: number } & ({ do: 'hold'; point: Point } | { do: 'advance'; seconds: number })
export interface Told {
  url?: string
  stands?: Point
  answers?: number
}

const holding = new Set<Point>()
const tell = (what: Told) => process.send?.(what)

/** For ever: who stands here is killed here. */
async function reach(point: Point): Promise<void> {
  if (!holding.delete(point)) return
  tell({ stands: point })
  await new Promise(() => {})
}

process.once('message', async ({ admin, vaultKeys, apiKey, origins }: Settings) => {
  let offset = 0
  const config = readConfig(
    {
      MOORING_BASE_URL: 'http://localhost:8003',
      MOORING_API_KEY: apiKey,
      PRESS_CLIENT_ID: 'press',
      PRESS_CLIENT_SECRET: 'press-secret',
    },
    [pressProvider()],
  )
  const mooring = await createMooring({
    config,
    database: { admin },
    vaultKeys,
    platformOrigins: origins,
    runtime: { now: () => Date.now() + offset },
  })
  const { runtime, store } = mooring.engine
  const { fetch } = runtime
  runtime.fetch = async (url, init) => {
    if (url === `${PRESS_ORIGINS.api}/posts` && init?.method === 'POST') await reach('before-request')
    return fetch(url, init)
  }
  const { write } = store.deliveryWork
  store.deliveryWork.write = async (...parts) => {
    if (parts[4].begin) await reach('before-attempt')
    return write(...parts)
  }
  const server = await listen(mooring, '127.0.0.1', 0)
  process.on('message', (order: Order) => {
    if (order.do === 'hold') holding.add(order.point)
    else offset += order.seconds * 1000
    tell({ answers: order.id })
  })
  tell({ url: `http://127.0.0.1:${server.port}` })
})
// The test is gone: nobody is left to ask.
process.on('disconnect', () => process.exit(1))
