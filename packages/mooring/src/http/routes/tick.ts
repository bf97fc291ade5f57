/**
 * The background's work by request, for hosts without a long-lived process. Whoever has the address, or its last part as a
 * bearer token, may; no session and no key counts here. It answers with numbers alone.
 */
import type { Context } from 'hono'
import { MooringError } from '../../error.ts'
import { bearerOf } from '../auth.ts'
import type { App, HttpOptions, Ticked, Vars } from '../context.ts'

export function tickRoutes(app: App, { tick }: HttpOptions): void {
  let running: Promise<Ticked> | undefined
  /** Who comes while this process is at it hears what comes of that. */
  const once = () => {
    running ??= tick.run().finally(() => {
      running = undefined
    })
    return running
  }
  const answer = async (c: Context<Vars>, shown: string | undefined) => {
    if (shown === undefined || !tick.admits(shown))
      throw new MooringError('unauthorized', 'This is not the address of a tick.', {
        detail: '`npx mooring tick-url` prints it, with the settings of the server.',
      })
    return c.json(await once(), 200)
  }
  // A platform's cron sends a GET and can send no other.
  app.on(['GET', 'POST'], '/tick', (c) => answer(c, bearerOf(c.req.header('authorization'))))
  app.on(['GET', 'POST'], '/tick/:signature', (c) => answer(c, c.req.param('signature')))
}
