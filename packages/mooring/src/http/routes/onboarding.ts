/** A workspace's first steps. */
import { z } from '@hono/zod-openapi'
import { type Onboarding as Found, markSeen, onboardingOf, sayOfStep } from '../../onboarding.ts'
import { principal } from '../auth.ts'
import type { App, HttpOptions } from '../context.ts'
import { json, jsonBody, route } from '../route.ts'
import { text } from '../schema-parts.ts'

const Onboarding = z
  .object({
    steps: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['business', 'connect', 'webhook', 'host']),
        title: z.string(),
        text: z.string(),
        href: z.string().nullable().openapi({ description: 'Of a host’s own step: where it is done.' }),
        providers: z.array(z.string()).openapi({ description: 'Of `connect`: one of these is enough.' }),
        state: z.enum(['open', 'done', 'skipped']),
      }),
    ),
    current: z.string().nullable().openapi({ description: 'The first open step. Null: there is none.' }),
    seen: z.boolean().openapi({ description: 'Somebody was greeted with it; it comes by itself no more.' }),
  })
  .openapi('Onboarding')
const SayOfStep = z
  .object({
    state: z.enum(['done', 'skipped', 'open']).openapi({
      description: '`done` for a host’s own steps alone: of the others what is there says it.',
    }),
  })
  .openapi('SayOfStep')
const SeeOnboarding = z.object({ seen: z.literal(true) }).openapi('SeeOnboarding')

const tags = ['onboarding']
const path = '/api/v1/onboarding'
const look = route({
  method: 'get',
  path,
  tags,
  summary: 'How far this workspace is with its first steps',
  responses: { 200: json(Onboarding, 'Its steps, as MOORING_ONBOARDING sets them.') },
})
const see = route({
  method: 'put',
  path,
  tags,
  summary: 'Note that somebody was greeted',
  request: jsonBody(SeeOnboarding),
  responses: { 200: json(Onboarding, 'Noted.') },
})
const say = route({
  method: 'put',
  path: `${path}/steps/{id}`,
  tags,
  summary: 'Skip a step, or say that one of a host’s own is done',
  request: {
    params: z.object({
      id: text()
        .min(1)
        .max(60)
        .openapi({ param: { name: 'id', in: 'path' } }),
    }),
    ...jsonBody(SayOfStep),
  },
  responses: { 200: json(Onboarding, 'All steps as they stand now.') },
})

export function onboardingRoutes(app: App, { engine, onboarding }: HttpOptions): void {
  const parts = { ...engine, steps: onboarding }
  app.openapi(look, async (c) =>
    c.json(view(await onboardingOf(parts, principal(c, 'connections:read').workspace)), 200),
  )
  app.openapi(see, async (c) => c.json(view(await markSeen(parts, principal(c, 'workspace:write').workspace)), 200))
  app.openapi(say, async (c) => {
    const { workspace } = principal(c, 'workspace:write')
    return c.json(view(await sayOfStep(parts, workspace, c.req.valid('param').id, c.req.valid('json').state)), 200)
  })
}

const view = ({ steps, ...rest }: Found) => ({
  ...rest,
  steps: steps.map((one) => ({ ...one, providers: [...one.providers] })),
})
