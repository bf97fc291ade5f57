/** A platform's answer on its way to the caller: as Node's own streams, or as a Response where there are none. */
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { callerHeaders } from '../connections/proxy-headers.ts'
import { MooringError } from '../error.ts'
import type { StreamAnswer } from '../runtime.ts'
import { ALWAYS } from './envelope.ts'

/** What a platform sends must run nowhere on our origin, whatever type it says it has. */
const OURS = Object.entries({
  ...ALWAYS,
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}).flat()

const headOf = (platform: StreamAnswer, requestId: string): string[] => [
  ...callerHeaders(platform.headers),
  ...OURS,
  'X-Request-Id',
  requestId,
]

/**
 * Settles when the caller has it all, or is cut off. A platform that ends in the middle, or sends more than `most`
 * bytes, ends the caller's connection and not the body: a half answer must not look whole.
 */
export function pour(platform: StreamAnswer, outgoing: ServerResponse, requestId: string, most: number): Promise<void> {
  return new Promise((done) => {
    if (outgoing.destroyed) return done()
    let size = 0
    outgoing.on('close', done)
    outgoing.on('drain', () => platform.resume())
    outgoing.writeHead(platform.status, headOf(platform, requestId))
    platform.flow({
      data(chunk) {
        size += chunk.length
        if (size <= most) return outgoing.write(chunk)
        outgoing.destroy()
        return false
      },
      end: () => outgoing.end(),
      fail: () => outgoing.destroy(),
    })
  })
}

/** Answers to which a Response takes no body. */
const BODYLESS = new Set([204, 205, 304])

/** The same as a Response. `done` is called once, when the body was read to its end, failed or is wanted no more. */
export function responseOf(
  platform: StreamAnswer,
  head: boolean,
  requestId: string,
  most: number,
  done: () => void,
): Response {
  const status = platform.status
  if (status < 200 || status > 599) {
    throw new MooringError('provider_answer_invalid', 'The platform sent an answer that cannot be read.', {
      detail: `The status ${status}.`,
    })
  }
  const flat = headOf(platform, requestId)
  const headers = new Headers()
  for (let at = 0; at < flat.length; at += 2) headers.append(flat[at] ?? '', flat[at + 1] ?? '')
  if (head || BODYLESS.has(status)) {
    platform.flow({ data: () => true, end: done, fail: done })
    return new Response(null, { status, headers })
  }
  const body = NodeReadableStream.from(bounded(platform, most, done))
  return new Response(body as ReadableStream, { status, headers })
}

async function* bounded(platform: StreamAnswer, most: number, done: () => void): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of bodyOf(platform) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) throw new Error('more than it may')
      yield chunk
    }
  } finally {
    done()
  }
}

function bodyOf(platform: StreamAnswer): Readable {
  const body = new Readable({ read: () => platform.resume() })
  platform.flow({
    data: (chunk) => body.push(chunk),
    end: () => void body.push(null),
    fail: (error) => void body.destroy(error),
  })
  return body
}
