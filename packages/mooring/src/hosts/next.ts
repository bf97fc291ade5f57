/**
 * Mooring in a Next.js app, as a route handler in `app/mooring/[...path]/route.ts`:
 *
 *     export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(() => mooring)
 */
import type { Mooring } from '../mooring.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type NextHandler = (request: Request) => Promise<Response>

/** `open` is called with the first request, once: a build imports the file, too, and must open no database. */
export function nextHandlers(open: () => Mooring | Promise<Mooring>): Record<(typeof METHODS)[number], NextHandler> {
  let opened: Promise<Mooring> | undefined
  const handle: NextHandler = async (request) => {
    opened ??= Promise.resolve(open())
    const mooring = await opened.catch((error: unknown) => {
      // What could not be opened is tried again with the next request.
      opened = undefined
      throw error
    })
    return mooring.fetch(request)
  }
  return Object.fromEntries(METHODS.map((method) => [method, handle])) as Record<(typeof METHODS)[number], NextHandler>
}
