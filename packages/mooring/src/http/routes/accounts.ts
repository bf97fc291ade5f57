import { z } from '@hono/zod-openapi'
import type { AccountRow } from '../../store/accounts.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { json, route } from '../route.ts'
import { text } from '../schema-parts.ts'
import { Accounts, Paging } from '../schemas.ts'
import { accountView } from '../views.ts'

const Query = Paging.extend({ provider: text().max(60).optional(), connection: z.uuid().optional() })
const list = route({
  method: 'get',
  path: '/api/v1/accounts',
  tags: ['accounts'],
  summary: 'Everything that can be acted as',
  description: 'The chosen accounts of every connection that is not disconnected.',
  request: { query: Query },
  responses: { 200: json(Accounts, 'A page.') },
})

export function accountRoutes(app: App, { engine, pictures }: HttpOptions): void {
  app.openapi(list, async (c) => {
    const { workspace } = principal(c, 'connections:read')
    const { cursor, limit, provider, connection } = c.req.valid('query')
    const { rows, nextCursor } = await pageOf(
      limit,
      (row: AccountRow) => ({ at: row.added_at, id: row.id }),
      (most) => engine.store.accounts.page(workspace, { provider, connection, live: true }, fromCursor(cursor), most),
    )
    return c.json({ data: rows.map((row) => accountView(row, pictures)), nextCursor }, 200)
  })
}
