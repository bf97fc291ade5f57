/** The parts that every route of the API repeats in its description. */
import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import { Problem } from './schemas.ts'

const problemContent = { 'application/problem+json': { schema: Problem } }

/** Describes a route: its answers get the problem shape beside what it gives. */
export function route<const R extends Omit<RouteConfig, 'responses'> & { responses: RouteConfig['responses'] }>(
  config: R,
) {
  return createRoute({
    operationId: operationIdOf(config.method, config.path),
    ...config,
    responses: {
      ...config.responses,
      default: { description: 'A problem (RFC 9457); match on its `code`.', content: problemContent },
    },
  })
}

/** `getConnectionsIdToken`: what a generator of clients calls the function. Pure. */
export function operationIdOf(method: string, path: string): string {
  const words = path.replace(/^\/api\/v1\//, '').split(/[^A-Za-z0-9]+/)
  const parts = words.filter((word) => word !== '').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return method.toLowerCase() + parts.join('')
}

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

/** In small letters, as PostgreSQL writes it: what is sealed is bound to the id as text. */
export const idParam = z.object({
  id: z
    .uuid()
    .toLowerCase()
    .openapi({ param: { name: 'id', in: 'path' } }),
})
