/** Who did what: as a list, and as a file. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { stream } from 'hono/streaming'
import type { StreamingApi } from 'hono/utils/stream'
import type { Principal } from '../../access/principal.ts'
import type { AuditFilter, AuditRow } from '../../store/audit.ts'
import { OF_THE_SERVER } from '../audited.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { fromCursor, pageOf } from '../paging.ts'
import { json, route } from '../route.ts'
import * as schemas from '../schemas-audit.ts'

const tags = ['audit']
const list = route({
  method: 'get',
  path: '/api/v1/audit',
  tags,
  summary: 'Who did what from where',
  request: { query: schemas.AuditQuery },
  responses: { 200: json(schemas.AuditEntries, 'Newest first.') },
})
const file = route({
  method: 'get',
  path: '/api/v1/audit/export',
  tags,
  summary: 'The same as a file',
  request: { query: schemas.AuditExport },
  responses: {
    200: {
      description:
        'Newest first, all that fits the filter. In CSV, what a spreadsheet would take for a formula is escaped.',
      content: {
        'application/x-ndjson': { schema: schemas.AuditEntry },
        'text/csv': { schema: { type: 'string' as const } },
      },
    },
  },
})

const PAGE = 500
const COLUMNS = [
  'at',
  'action',
  'outcome',
  'code',
  'actorKind',
  'actor',
  'actorId',
  'address',
  'browser',
  'targetKind',
  'target',
  'targetLabel',
  'times',
]

export function auditRoutes(app: App, { engine }: HttpOptions): void {
  const { audit } = engine.store
  const { log } = engine.runtime

  app.openapi(list, async (c) => {
    const who = principal(c, 'audit:read')
    const { workspace } = who
    const { cursor, limit, ...wanted } = c.req.valid('query')
    const filter = { ...filterOf(wanted), without: hiddenFrom(who) }
    const { rows, nextCursor } = await pageOf(
      limit,
      (row: AuditRow) => ({ at: row.at, id: row.id }),
      (most) => audit.page(workspace, filter, fromCursor(cursor), most),
    )
    return c.json({ data: rows.map(view), nextCursor }, 200)
  })

  app.openapi(file, async (c) => {
    const who = principal(c, 'audit:read')
    const { workspace } = who
    const { format, ...wanted } = c.req.valid('query')
    const filter = { ...filterOf(wanted), without: hiddenFrom(who) }
    // The first rows are read before the answer begins: what fails then is a problem and no broken file.
    const first = await audit.page(workspace, filter, undefined, PAGE)
    async function* rows(out: StreamingApi): AsyncGenerator<AuditRow> {
      let some = first
      for (;;) {
        yield* some
        const last = some.at(-1)
        // The stream learns of a socket that closes, whichever host has it: nobody reads on for nobody.
        if (some.length < PAGE || !last) return
        if (out.aborted) return log.debug({ requestId: c.get('requestId') }, 'the reader of an export went away')
        some = await audit.page(workspace, filter, { at: last.at, id: last.id }, PAGE)
      }
    }
    c.header('Cache-Control', 'no-store')
    c.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
    c.header('Content-Disposition', `attachment; filename="audit.${format}"`)
    return stream(c, async (out) => {
      if (format === 'ndjson') {
        for await (const row of rows(out)) await out.write(`${JSON.stringify(view(row))}\n`)
        return
      }
      // OWASP, CSV injection: =, +, -, @ and tabs at the front of a cell are run as formulas.
      const csv = stringify({ header: true, columns: COLUMNS, escape_formulas: true })
      await pipeline(Readable.from(rows(out)).map(cells), csv, async (parts) => {
        for await (const part of parts) await out.write(part)
      })
    }) as never
  })
}

const filterOf = ({ from, to, ...rest }: { from?: string | undefined; to?: string | undefined }): AuditFilter => ({
  ...rest,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
})

/** What is the whole server's is told to whoever runs it, and not to those who were only invited to its first workspace. */
const hiddenFrom = (who: Principal): readonly string[] =>
  (who.kind === 'person' && who.operator) || (who.kind === 'key' && who.instance) ? [] : OF_THE_SERVER

const view = (row: AuditRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  outcome: row.outcome,
  code: row.code,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  address: row.address,
  browser: row.browser,
  target: row.target_kind === null ? null : { kind: row.target_kind, id: row.target_id ?? '', label: row.target_label },
  times: row.times,
})

const cells = (row: AuditRow) => ({
  at: row.at.toISOString(),
  action: row.action,
  outcome: row.outcome,
  code: row.code,
  actorKind: row.actor_kind,
  actor: row.actor_name,
  actorId: row.actor_id,
  address: row.address,
  browser: row.browser,
  targetKind: row.target_kind,
  target: row.target_id,
  targetLabel: row.target_label,
  times: row.times,
})
