/** Mooring in an Express app: `app.use('/mooring', expressHandler(mooring))`, before `express.json()`. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Mooring } from '../mooring.ts'
import { answersOf } from './node.ts'

interface ExpressRequest extends IncomingMessage {
  originalUrl?: string
  body?: unknown
}

/** As `MOORING_BASE_URL` says where it is mounted, whatever Express has taken off the address. */
export function expressHandler(mooring: Mooring) {
  const answer = answersOf(mooring)
  return (incoming: ExpressRequest, outgoing: ServerResponse, next: (error?: unknown) => void): void => {
    // A body that was read is gone, and a request that waits for it would hang.
    if (incoming.readableEnded && incoming.body !== undefined) {
      next(new Error('Mount Mooring before express.json() and other readers of bodies.'))
      return
    }
    const url = incoming.originalUrl ?? incoming.url ?? '/'
    incoming.url = url.startsWith(`${mooring.basePath}/`) ? url.slice(mooring.basePath.length) : url
    answer(incoming, outgoing)
  }
}
