/** Mooring in a Hono app: `app.all('/mooring/*', honoHandler(mooring))`. */
import type { Mooring } from '../mooring.ts'

export const honoHandler =
  (mooring: Mooring) =>
  (c: { req: { raw: Request } }): Response | Promise<Response> =>
    mooring.fetch(c.req.raw)
