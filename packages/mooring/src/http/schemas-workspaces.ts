/** The shapes of workspaces. */
import { z } from '@hono/zod-openapi'
import { page, text } from './schemas.ts'

const name = text().trim().min(1).max(100)

export const Workspace = z
  .object({
    id: z.uuid(),
    name: z.string(),
    externalId: z.string().nullable().openapi({ description: 'The host product’s id of the customer.' }),
    createdAt: z.iso.datetime(),
  })
  .openapi('Workspace')
export const Workspaces = page(Workspace, 'Workspaces')
export const NewWorkspace = z
  .object({ name, externalId: text().min(1).max(200).nullable().default(null) })
  .openapi('NewWorkspace')
export const RenameWorkspace = z.object({ name }).openapi('RenameWorkspace')
export const ExportLine = z.record(z.string(), z.unknown()).openapi('ExportLine')
export const EraseWorkspace = z
  .object({
    name: text().min(1).max(100).openapi({ description: 'Its name, typed again: nothing is erased by a slip.' }),
  })
  .openapi('EraseWorkspace')
export const Erased = z
  .object({
    erased: z.record(z.string(), z.number().int()).openapi({ description: 'Rows that were there, by table.' }),
    remaining: z.number().int().openapi({ description: 'Rows of it that are there now, over all tables.' }),
    revoked: z
      .record(z.string(), z.number().int())
      .openapi({ description: 'What the platforms said to the end of each grant; `late`: not asked any more.' }),
  })
  .openapi('Erased')
