/** A request's body on its way to the platform: counted, and kept while it is small, so that it can be sent once more. */
import { Readable } from 'node:stream'
import type { Framing } from './proxy-headers.ts'

/** So much of a body is kept, in bytes. Calls that write are JSON of a few KB; what is larger is media. */
export const KEEP_BYTES = 64 * 1024

export interface Outgoing {
  /** What has come so far and then what comes, at the reader's pace. A second one begins anew, and the first is over. */
  readable(): Readable
  /** All that came is still here. */
  repeatable(): boolean
  /** Takes no more, and leaves what is not read to whoever owns the source. */
  end(): void
}

/** `broken` is called once, with `too_large` past `most` bytes, or `cut` where the source ended early or failed. */
export function outgoingBody(
  source: Readable,
  framing: Framing,
  most: number,
  broken: (why: 'too_large' | 'cut') => void,
): Outgoing {
  const announced = typeof framing === 'object' ? framing.length : undefined
  let out: Readable | undefined
  let kept: Buffer[] | undefined = []
  let size = 0
  let finished = false

  const fail = (why: 'too_large' | 'cut') => {
    end()
    broken(why)
  }
  const take = (chunk: Buffer) => {
    size += chunk.length
    if (size > most) return fail('too_large')
    // Bytes past the announced end would be the next request's beginning on this connection.
    if (announced !== undefined && size > announced) return fail('cut')
    if (size > KEEP_BYTES) kept = undefined
    else kept?.push(chunk)
    if (out?.push(chunk) !== true) source.pause()
  }
  const finish = () => {
    if (announced !== undefined && size !== announced) return fail('cut')
    finished = true
    out?.push(null)
  }
  const cut = () => {
    if (!finished) fail('cut')
  }
  const end = () => {
    source.off('data', take).off('end', finish).off('error', cut).off('close', cut)
    source.on('error', () => {})
    out = undefined
    kept = undefined
  }

  source.on('end', finish).on('error', cut).on('close', cut)
  return {
    readable() {
      // Its end is never the source's: the platform may answer before it has all, and be asked once more.
      const next = new Readable({ read: () => void (finished || source.resume()) })
      out = next
      for (const chunk of kept ?? []) next.push(chunk)
      if (finished) next.push(null)
      // Listening for data starts the source.
      else if (source.listenerCount('data') === 0) source.on('data', take)
      return next
    },
    repeatable: () => kept !== undefined,
    end,
  }
}
