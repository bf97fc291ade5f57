/** The vault's keys: what rests on each, who holds which, and sealing anew under the newest. Of the instance, not of a workspace. */
import { z } from '@hono/zod-openapi'
import { rotate } from '../../connections/rotate.ts'
import { type VaultState, vaultState } from '../../connections/vault-state.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { json, jsonBody, route } from '../route.ts'

const Vault = z
  .object({
    keys: z.array(
      z.object({
        kid: z
          .string()
          .openapi({ description: "The key's id; `none` for what is no sealed value.", example: 'RPx6aC2g' }),
        sealing: z.boolean().openapi({ description: 'The newest key of this process: it seals.' }),
        inRing: z.boolean().openapi({ description: 'This process can open with it.' }),
        values: z.number().int(),
        byColumn: z
          .record(z.string(), z.number().int())
          .openapi({ example: { 'connections.access_token': 12, 'connections.refresh_token': 9 } }),
      }),
    ),
    processes: z.array(
      z.object({
        id: z.uuid(),
        startedAt: z.string(),
        seenAt: z.string().openapi({ description: 'Within two minutes; who was not seen for longer counts as gone.' }),
        version: z.string(),
        host: z.string(),
        pid: z.number().int(),
        kids: z.array(z.string()).openapi({ description: 'The first seals, all open.' }),
        current: z.boolean().openapi({ description: 'The process that gave this answer.' }),
      }),
    ),
    total: z.number().int().openapi({ description: 'Sealed values in all.' }),
    safeToRemove: z
      .array(z.string())
      .openapi({ description: 'Keys that nothing rests on, while every process seals with the newest one.' }),
  })
  .openapi('Vault')

const Rotate = z
  .object({
    cursor: z.string().max(300).optional().openapi({ description: 'Of the answer before; without it from the start.' }),
    force: z
      .boolean()
      .optional()
      .openapi({ description: 'Also while a process lacks the newest key: it will not open what is sealed anew.' }),
  })
  .openapi('RotateVault')

const Rotated = z
  .object({
    rewrapped: z.number().int().openapi({ description: 'Values sealed anew by this call.' }),
    skipped: z.number().int().openapi({ description: 'Values that somebody else wrote meanwhile.' }),
    failed: z
      .array(
        z.object({
          workspaceId: z.uuid(),
          connectionId: z.uuid().nullable(),
          recordId: z.uuid(),
          column: z.string(),
          code: z.enum(['vault_unknown_key', 'vault_tampered']),
        }),
      )
      .openapi({ description: 'Values that did not open. They are as they were.' }),
    cursor: z.string().nullable(),
    done: z.boolean(),
  })
  .openapi('RotatedVault')

const tags = ['vault']
const get = route({
  method: 'get',
  path: '/api/v1/vault',
  tags,
  summary: 'The keys, what rests on each, and who holds them',
  description: 'Counts all sealed values of the instance: some seconds where there are a million connections.',
  responses: { 200: json(Vault, 'No key is in it, only their ids.') },
})
const post = route({
  method: 'post',
  path: '/api/v1/vault/rotate',
  tags,
  summary: 'Seal the next part anew under the newest key',
  description:
    'About a second of work a call: send `cursor` again until `done`. Refused with `conflict` while a process could not open what is sealed anew.',
  request: jsonBody(Rotate),
  responses: { 200: json(Rotated, 'What this call did.') },
})

export function vaultRoutes(app: App, { engine, processId }: HttpOptions): void {
  app.openapi(get, async (c) => {
    principal(c, 'keys:write')
    return c.json(view(await vaultState(engine), processId), 200)
  })
  app.openapi(post, async (c) => {
    principal(c, 'keys:write')
    const { cursor, force } = c.req.valid('json')
    const done = await rotate(engine, cursor, force === true)
    const failed = done.failed.map((one) => ({ ...one, connectionId: one.connectionId ?? null }))
    return c.json({ ...done, failed, cursor: done.cursor ?? null, done: done.cursor === undefined }, 200)
  })
}

const view = (state: VaultState, self: string | undefined): z.infer<typeof Vault> => ({
  keys: state.keys,
  processes: state.processes.map((one) => ({
    id: one.id,
    startedAt: one.started_at.toISOString(),
    seenAt: one.seen_at.toISOString(),
    version: one.version,
    host: one.host,
    pid: one.pid,
    kids: one.kids,
    current: one.id === self,
  })),
  total: state.total,
  safeToRemove: state.safeToRemove,
})
