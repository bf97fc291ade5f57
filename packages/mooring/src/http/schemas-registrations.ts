/** The shapes of a workspace's own apps. */
import { z } from '@hono/zod-openapi'
import { text } from './schema-parts.ts'

const clientId = text().trim().min(1).max(300)
/** Visible characters: what a form of a platform shows to be copied. */
const clientSecret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,500}$/, 'is no secret that could be copied from a platform')
const scopes = z.array(text().min(1).max(200)).min(1).max(60)
const settings = z.record(text().max(60), text().max(200))

export const OwnRegistration = z
  .object({
    id: z.string().openapi({ description: 'Also the last part of its callback.' }),
    app: z.string().openapi({ description: 'The kind of app.' }),
    provider: z.string(),
    name: z.string(),
    clientId: z.string(),
    hasSecret: z.boolean(),
    redirectUri: z.string(),
    scopes: z.array(z.string()),
    settings: z.record(z.string(), z.string()),
    setup: z.array(z.string()),
    connections: z.number().int().openapi({ description: 'How many rest on it.' }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    changedAt: z.iso.datetime(),
  })
  .openapi('OwnRegistration')
export const OwnRegistrations = z
  .object({ data: z.array(OwnRegistration), nextCursor: z.null() })
  .openapi('OwnRegistrations')
export const NewOwnRegistration = z
  .object({
    app: text().min(1).max(60).openapi({ description: 'An id of a registration of `GET /providers`.' }),
    clientId,
    clientSecret: clientSecret.optional(),
    scopes: scopes.nullable().optional(),
    settings: settings.optional(),
  })
  .openapi('NewOwnRegistration')
export const ChangeOwnRegistration = z
  .object({
    clientId: clientId.optional(),
    clientSecret: clientSecret.optional(),
    scopes: scopes.nullable().optional().openapi({ description: 'Null: what the kind of app asks for.' }),
    settings: settings.optional(),
  })
  .openapi('ChangeOwnRegistration')
export const OwnChecks = z
  .object({
    data: z.array(
      z.object({
        what: z.enum(['client', 'redirect', 'scopes']),
        outcome: z.enum(['ok', 'wrong', 'unknown']),
        message: z.string(),
      }),
    ),
    nextCursor: z.null(),
  })
  .openapi('OwnChecks')
export const registrationId = z.object({
  id: text()
    .min(1)
    .max(60)
    .openapi({ param: { name: 'id', in: 'path' } }),
})
