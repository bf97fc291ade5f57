/**
 * What a developer would write by hand for one workspace: one route, one indexed select over a named prepared
 * statement, AES-256-GCM. No key is asked for, nothing is renewed, no header is set. The same role as Mooring's, so
 * row-level security judges here too; the workspace is fixed when a client connects.
 */
import { createDecipheriv, createSecretKey } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { beChild } from '../support/child.ts'

export interface BareSettings {
  database: pg.PoolConfig
  workspace: string
  /** The workspace's own key in base64url. */
  key: string
}

const SQL = `select access_token, access_expires_at, granted_scopes from mooring.connections
  where workspace_id = $1 and id = $2`

beChild<BareSettings>(async ({ database, workspace, key }) => {
  const pool = new pg.Pool({ ...database, options: `-c mooring.workspace=${workspace}` })
  const secret = createSecretKey(Buffer.from(key, 'base64url'))
  const app = new Hono()
  app.get('/api/v1/connections/:id/token', async (c) => {
    const id = c.req.param('id')
    const { rows } = await pool.query({ name: 'token', text: SQL, values: [workspace, id] })
    const row = rows[0]
    if (!row) return c.json({ error: 'not found' }, 404)
    const [version = '', kid = '', sealed = ''] = row.access_token.split('.')
    const body = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', secret, body.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(JSON.stringify([version, kid, workspace, id, 'access_token'])))
    decipher.setAuthTag(body.subarray(-16))
    const accessToken = decipher.update(body.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
    return c.json({
      connectionId: id,
      accessToken,
      tokenType: 'Bearer',
      expiresAt: row.access_expires_at.toISOString(),
      scopes: row.granted_scopes,
    })
  })
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        async stop() {
          server.close()
          await pool.end()
        },
      }),
    )
  })
})
