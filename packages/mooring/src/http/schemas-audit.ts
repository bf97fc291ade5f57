/** The shapes of the audit. */
import { z } from '@hono/zod-openapi'
import { text } from './schema-parts.ts'
import { Paging, page } from './schemas.ts'

export const AuditEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z.string().openapi({ example: 'connection.disconnected' }),
    outcome: z.enum(['ok', 'refused']),
    code: z.string().nullable().openapi({ description: 'Of a refusal: the stable code that was answered.' }),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    address: z.string().nullable(),
    browser: z.string().nullable(),
    target: z
      .object({
        kind: z.string(),
        id: z.string(),
        label: z
          .string()
          .nullable()
          .openapi({ description: 'What it was called then. Null where the name is the person’s at a platform.' }),
      })
      .nullable(),
    times: z.number().int().openapi({ description: 'Reads of a token and calls are one entry a minute and key.' }),
  })
  .openapi('AuditEntry')
export const AuditEntries = page(AuditEntry, 'AuditEntries')

const filter = {
  action: text().max(100).optional(),
  actor: text().max(100).optional().openapi({ description: 'The id of a person or a key.' }),
  outcome: z.enum(['ok', 'refused']).optional(),
  target: text().max(200).optional().openapi({ description: 'The id of what it was done to.' }),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
}
export const AuditQuery = Paging.extend(filter)
export const AuditExport = z.object({ ...filter, format: z.enum(['csv', 'ndjson']).default('csv') })
