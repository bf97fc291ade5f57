/** The shapes of workspaces. */
import { z } from '@hono/zod-openapi'
import { text } from './schema-parts.ts'
import { page } from './schemas.ts'

const name = text().trim().min(1).max(100)

export const Workspace = z
  .object({
    id: z.uuid(),
    name: z.string(),
    externalId: z.string().nullable().openapi({ description: 'The host product’s id of the customer.' }),
    website: z.string().nullable(),
    idealCustomer: z
      .string()
      .nullable()
      .openapi({ description: 'Whom the business wants to reach, in its own words.' }),
    logo: z.string().nullable().openapi({ description: 'A data URL, shown to clients who come by a link.' }),
    createdAt: z.iso.datetime(),
  })
  .openapi('Workspace')
export const Workspaces = page(Workspace, 'Workspaces')
export const NewWorkspace = z
  .object({ name, externalId: text().min(1).max(200).nullable().default(null) })
  .openapi('NewWorkspace')
/** An address that a person may click: nothing but the web. */
const website = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300)
/** A small picture, in the address itself: no page that shows it asks anybody else. What browsers run as a document (SVG) is none. */
const logo = z
  .string()
  .max(200_000)
  .regex(
    /^data:image\/(?:png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/|webp;base64,UklGR)[A-Za-z0-9+/]*={0,2}$/,
    'is no PNG, JPEG or WebP as a data URL',
  )
export const ChangeWorkspace = z
  .object({
    name: name.optional(),
    website: website.nullable().optional(),
    idealCustomer: text().trim().max(2000).nullable().optional(),
    logo: logo.nullable().optional(),
  })
  .openapi('ChangeWorkspace')
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
