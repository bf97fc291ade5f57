/** Connections of older systems, taken over in batches. For API keys alone: what comes in is tokens. */
import type { z } from '@hono/zod-openapi'
import { importConnections } from '../../connections/import.ts'
import type { ImportRecord } from '../../connections/import-judge.ts'
import { MooringError } from '../../error.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { json, jsonBody, route } from '../route.ts'
import { ImportConnections, Imported } from '../schemas.ts'

const take = route({
  method: 'post',
  path: '/api/v1/connections/import',
  tags: ['connections'],
  summary: 'Take over connections of another system',
  description:
    'A dry run unless `dryRun` is false. Each record is taken by itself: sent again, it changes nothing. Needs an API key with `connections:write`; one of the whole instance to name workspaces.',
  security: [{ apiKey: [] }],
  request: jsonBody(ImportConnections),
  responses: { 200: json(Imported, 'What became of each record, in order.') },
})

export function importRoutes(app: App, { engine }: HttpOptions): void {
  app.openapi(take, async (c) => {
    const who = principal(c, 'connections:write')
    if (who.kind !== 'key') throw new MooringError('forbidden', 'Only an API key with connections:write can import.')
    const body = c.req.valid('json')
    if (!who.instance && body.records.some((one) => typeof one.workspace === 'string')) {
      throw new MooringError('forbidden', 'Only an API key of the whole instance can import into other workspaces.', {
        detail: 'Leave `workspace` out, or use such a key.',
      })
    }
    const startedAt = body.startedAt ?? new Date(engine.runtime.now()).toISOString()
    const data = await importConnections(engine, who.workspace, body.records.map(recordOf), {
      dryRun: body.dryRun,
      offline: body.offline,
      registration: body.registration,
      from: body.from ?? 'another system',
      actor: who.name,
      since: new Date(startedAt),
    })
    return c.json({ data, dryRun: body.dryRun, startedAt }, 200)
  })
}

const date = (value: string | null | undefined): Date | null => (typeof value === 'string' ? new Date(value) : null)

/** Half a surrogate pair has no UTF-8: it is replaced in names, and a token that holds one is refused. */
const name = (value: string | null | undefined): string | null => {
  const text = value?.toWellFormed().trim() ?? ''
  return text === '' ? null : text
}

const recordOf = (one: z.infer<typeof ImportConnections>['records'][number], at: number): ImportRecord => ({
  ref: name(one.ref) ?? `record ${at + 1}`,
  provider: one.provider,
  registration: one.registration ?? null,
  workspace: name(one.workspace),
  subject: one.subject ?? null,
  label: name(one.label),
  accessToken: one.accessToken ?? null,
  refreshToken: one.refreshToken ?? null,
  accessTokenExpiresAt: date(one.accessTokenExpiresAt),
  refreshTokenExpiresAt: date(one.refreshTokenExpiresAt),
  scopes: one.scopes?.map((scope) => scope.toWellFormed()) ?? null,
  updatedAt: date(one.updatedAt),
})
