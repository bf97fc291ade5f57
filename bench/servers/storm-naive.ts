/**
 * What one would write by hand: read the row, refresh when it is over, write the row. `process` collapses the callers of
 * one process into one promise, as most libraries do; `none` does not even that. Nothing is shared between processes but
 * the row.
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { ROTATING_CLIENT } from '../../packages/mooring/test/rotating-provider.ts'
import { beChild } from '../support/child.ts'

export interface NaiveSettings {
  admin: pg.PoolConfig
  platform: string
  /** What its clock is moved by, in seconds, each time. */
  hour: number
  /** How far its clock is ahead at the start, in ms. */
  offset: number
  collapse: 'process' | 'none'
}

interface Row {
  access_token: string
  refresh_token: string
  expires_at: Date
}

beChild<NaiveSettings>(async ({ admin, platform, hour, collapse, ...rest }) => {
  const pool = new pg.Pool({ ...admin, max: 10 })
  let offset = rest.offset
  const now = () => Date.now() + offset
  const read = async (id: string): Promise<Row | undefined> =>
    (await pool.query<Row>({ name: 'token', text: 'select * from naive_tokens where id = $1', values: [id] })).rows[0]
  const running = new Map<string, Promise<string | undefined>>()
  const authorization = `Basic ${Buffer.from(`${ROTATING_CLIENT.clientId}:${ROTATING_CLIENT.clientSecret}`).toString('base64')}`

  const refresh = async (id: string, row: Row): Promise<string | undefined> => {
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: row.refresh_token })
    const response = await fetch(`${platform}/token`, { method: 'POST', headers: { authorization }, body })
    if (!response.ok) {
      // Somebody else may have won: look once more.
      const after = await read(id)
      return after && after.refresh_token !== row.refresh_token ? after.access_token : undefined
    }
    const made = (await response.json()) as { access_token: string; refresh_token: string; expires_in: number }
    await pool.query('update naive_tokens set access_token = $2, refresh_token = $3, expires_at = $4 where id = $1', [
      id,
      made.access_token,
      made.refresh_token,
      new Date(now() + made.expires_in * 1000),
    ])
    return made.access_token
  }

  const once = (id: string, row: Row) => {
    if (collapse === 'none') return refresh(id, row)
    const known = running.get(id) ?? refresh(id, row).finally(() => running.delete(id))
    running.set(id, known)
    return known
  }

  const app = new Hono()
  app.get('/api/v1/connections/:id/token', async (c) => {
    const id = c.req.param('id')
    const row = await read(id)
    if (!row) return c.json({ code: 'not_found' }, 404)
    const accessToken = row.expires_at.getTime() > now() ? row.access_token : await once(id, row)
    return accessToken === undefined ? c.json({ code: 'reauthorize' }, 409) : c.json({ accessToken })
  })
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        async stop() {
          server.close()
          await pool.end()
        },
        answers: {
          hour: () => {
            offset += hour * 1000
            return true
          },
        },
      }),
    )
  })
})
