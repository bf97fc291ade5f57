/** What ends next, and what the operator must mend. */
import { knownAs } from '../../connections/engine.ts'
import { forecast } from '../../connections/forecast.ts'
import { ownRegistrations } from '../../connections/own-registration.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { json, route } from '../route.ts'
import { Alerts, Forecast, ForecastQuery } from '../schemas.ts'
import { alertView, endingView } from '../views.ts'

const ahead = route({
  method: 'get',
  path: '/api/v1/forecast',
  tags: ['connections'],
  summary: 'What will need somebody, and when',
  description:
    'Connections whose consent ends, soonest first, and what a platform retires. `counts` tells how many connections need a person within 7, 30 and 90 days.',
  request: { query: ForecastQuery },
  responses: { 200: json(Forecast, 'What ends within the days.') },
})
const alerts = route({
  method: 'get',
  path: '/api/v1/alerts',
  tags: ['providers'],
  summary: 'What the operator must mend',
  description:
    'One alert a registration that its platform refuses, as for a wrong client secret. No connection changes its standing for it.',
  responses: { 200: json(Alerts, 'All open alerts, oldest first.') },
})

export function forecastRoutes(app: App, { engine, development }: HttpOptions): void {
  app.openapi(ahead, async (c) => {
    const { workspace } = principal(c, 'connections:read')
    const { endings, counts, more } = await forecast(engine, workspace, c.req.valid('query').days)
    const ends = endings.flatMap(({ at, connection }) => (connection ? [{ connection: connection.id, at }] : []))
    const posts = ends.length === 0 ? new Map() : await engine.store.deliveries.after(workspace, ends)
    const data = endings.map((one) => endingView(one, posts.get(one.connection?.id) ?? 0))
    return c.json({ data, counts, more }, 200)
  })
  app.openapi(alerts, async (c) => {
    const who = principal(c, 'connections:read')
    const operator = development || who.kind === 'key'
    const find = (id: string) => knownAs(engine, id)
    const own = new Set((await ownRegistrations(engine, who.workspace)).map((one) => one.id))
    // An app of another workspace's own is none of theirs.
    const rows = (await engine.store.alerts.open()).filter(
      ({ registration }) => !find(registration)?.own || own.has(registration),
    )
    return c.json({ data: rows.map((row) => alertView(row, find(row.registration), operator)) }, 200)
  })
}
