/** Of flows by credentials, and of the links that an agency sends. */
import { z } from '@hono/zod-openapi'
import { MOST_LINK_DAYS } from '../flows/connect-link.ts'
import { text } from './schema-parts.ts'

const time = z.string().openapi({ example: '2027-01-20T09:00:00.000Z' })
const id = z.uuid()

export const CHECKPOINTS = ['accounts', 'code', 'approval', 'code_or_approval', 'phone', 'hosted'] as const

const Asker = z
  .object({ name: z.string(), logo: z.string().nullable() })
  .openapi('Asker', { description: 'Whose workspace it is connected to; the logo is a data URL.' })

export const Credentials = z
  .object({
    status: z
      .enum(['pending', 'connecting', 'awaiting_2fa', 'connected', 'failed'])
      .openapi({ description: 'The state in five words; `awaiting_2fa` is any checkpoint of the person.' }),
    service: z.string().openapi({ description: 'Through whom the sign-in goes.' }),
    platform: z.string().openapi({ description: 'Whose account it is.' }),
    ways: z.object({ password: z.boolean(), existing: z.boolean(), hosted: z.boolean() }),
    unverified: z
      .string()
      .nullable()
      .openapi({ description: 'To be shown where a person decides: the service does not document this way.' }),
    keepsPassword: z.boolean().openapi({ description: 'The password is kept, sealed, for signing in again.' }),
    method: z
      .enum(['sms', 'email', 'authenticator', 'whatsapp', 'app'])
      .nullable()
      .openapi({ description: 'How the code comes, where the service says so.' }),
    attemptEndsAt: time.nullable().openapi({ description: 'When this attempt ends at the service.' }),
    resendAt: time.nullable().openapi({ description: 'From when on another code can be asked for; null: not at all.' }),
    anotherWay: z.boolean().openapi({ description: 'A code can be had in place of the approval.' }),
    attemptsLeft: z.number().int(),
    attemptsAgainAt: time.nullable().openapi({ description: 'No attempt before; null: at once.' }),
    retry: z
      .object({ tries: z.number().int(), at: time })
      .nullable()
      .openapi({ description: 'The service does not answer and is asked again by itself.' }),
    docs: z.string().openapi({ description: 'A page that says how to end the access.' }),
    asker: Asker,
  })
  .openapi('FlowCredentials')

/** As long as anybody's is. A telephone number is a user name, too. */
export const SubmitCredentials = z
  .object({ username: text().trim().min(3).max(254), password: text().min(1).max(500) })
  .openapi('SubmitCredentials')

export const AnswerCheckpoint = z
  .object({
    code: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z -]{4,12}$/, 'is no code')
      .optional(),
    phone: z
      .object({
        dialCode: z.string().regex(/^\+[1-9]\d{0,3}$/, 'is no dial code'),
        number: z.string().regex(/^[\d ().-]{4,20}$/, 'is no telephone number'),
      })
      .optional(),
  })
  .openapi('AnswerCheckpoint')

export const HostedPage = z
  .object({ url: z.string().openapi({ description: 'Where to send the browser. Another one for each press.' }) })
  .openapi('HostedPage')

export const Seats = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        email: z.string().nullable(),
        valid: z.boolean().openapi({ description: 'Its session is good.' }),
        selectable: z.boolean(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .openapi('Seats')

export const PickSeat = z.object({ seat: text().min(1).max(200) }).openapi('PickSeat')

export const ConnectLink = z
  .object({
    id,
    provider: z.string(),
    clientName: z.string(),
    reconnects: id.nullable(),
    state: z.enum(['open', 'used', 'expired']),
    createdBy: z.string(),
    createdAt: time,
    expiresAt: time,
    usedAt: time.nullable(),
    connectionId: id.nullable(),
  })
  .openapi('ConnectLink')

export const CreatedConnectLink = ConnectLink.extend({
  url: z.string().openapi({ description: 'To send to the client. In this answer and nowhere else.' }),
}).openapi('CreatedConnectLink')

export const CreateConnectLink = z
  .object({
    provider: z.string().max(60),
    clientName: text().trim().min(1).max(120).openapi({ description: 'For whom it is, as the page greets them.' }),
    reconnects: id.optional().openapi({ description: 'The connection that is signed in anew.' }),
    days: z.number().int().min(1).max(MOST_LINK_DAYS).optional(),
  })
  .openapi('CreateConnectLink')

export const ConnectLinks = z
  .object({ data: z.array(ConnectLink), nextCursor: z.string().nullable() })
  .openapi('ConnectLinks')

export const OpenedLink = z
  .object({
    state: z.enum(['open', 'used', 'expired']),
    clientName: z.string(),
    provider: z.object({ id: z.string(), name: z.string(), platform: z.string() }),
    asker: Asker,
  })
  .openapi('OpenedConnectLink')
