/** The shapes of connect sessions, and of a flow's completion by the host. */
import { z } from '@hono/zod-openapi'
import { text } from './schema-parts.ts'
import { Flow } from './schemas.ts'

const time = z.string().openapi({ example: '2027-01-20T09:00:00.000Z' })
const id = z.uuid()
const endUserId = text().min(1).max(200).openapi({ description: 'Your own id of the user.' })
const address = z.string().max(2000)

export const CreateConnectSession = z
  .object({
    workspace: z
      .object({ externalId: text().min(1).max(200), name: text().min(1).max(200).optional() })
      .optional()
      .openapi({
        description:
          "Your customer's workspace by your own id; made when there is none. Without this and without `workspaceId` it is the key's own. Only a key of the instance can name another.",
      }),
    workspaceId: id.toLowerCase().optional(),
    endUser: z.object({ id: endUserId, name: text().min(1).max(200).optional() }).openapi({
      description: 'For whom. Nobody else can finish.',
    }),
    returnTo: address.openapi({
      description: 'Where the browser ends up: a path, or an address on an allowed origin.',
      example: 'https://app.example.com/settings',
    }),
    completeAt: address.optional().openapi({
      description:
        'Your page that completes the flow for whoever is signed in there, with `?flow=…&code=…`. Needed unless Mooring is mounted with `authenticate`.',
      example: 'https://app.example.com/settings/connected',
    }),
    providers: z
      .array(text().max(60))
      .min(1)
      .max(50)
      .optional()
      .openapi({ description: 'What may be connected; everything that is set up without this.' }),
    reconnects: id.toLowerCase().optional().openapi({ description: 'The connection to renew.' }),
  })
  .openapi('CreateConnectSession')

export const ConnectSession = z
  .object({
    id,
    token: z.string().openapi({ description: 'Shown once.', example: 'mc_…' }),
    url: z.string().openapi({
      description: 'Send one browser there. The token stands behind `#`: it reaches no log and no Referer.',
    }),
    workspaceId: id,
    expiresAt: time.openapi({ description: 'Until then it must be opened.' }),
  })
  .openapi('ConnectSession')

export const CompleteFlow = z
  .object({
    code: z.string().min(1).max(200).openapi({ description: 'As it came to your page.' }),
    endUser: z.object({ id: endUserId }).openapi({ description: 'Who is signed in in the browser that brought it.' }),
  })
  .openapi('CompleteFlow')

export const CompletedFlow = z
  .object({
    flow: Flow,
    workspaceId: id,
    next: z.string().openapi({
      description: 'Send the browser there: to our page with the choice of accounts, or to `returnTo`.',
    }),
  })
  .openapi('CompletedFlow')
