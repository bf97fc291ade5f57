/** A file in a request, as it streams in: the body itself, or the first file of a form. */
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { MooringError } from '../error.ts'
import type { Upload } from '../publishing/media/receive.ts'

/** Throws `invalid_request` for a form without a file, or a name that is not encoded as it must be. */
export async function uploadOf(request: Request): Promise<Upload> {
  const type = request.headers.get('content-type') ?? ''
  const body = request.body
    ? Readable.fromWeb(request.body as NodeReadableStream)
    : Readable.from([], { objectMode: false })
  if (/^multipart\/form-data\s*;/i.test(type)) return fileOf(body, type)
  const length = request.headers.get('content-length')
  return {
    // Who refuses it answers: a body that is destroyed takes the connection with it.
    bytes: body.iterator({ destroyOnReturn: false }),
    fileName: decoded(request.headers.get('x-file-name') ?? ''),
    expected: length === null ? undefined : Number(length),
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    throw notRight('x-file-name', 'is not percent-encoded UTF-8')
  }
}

/** What stands in the form beside it is let through and forgotten. */
function fileOf(body: Readable, type: string): Promise<Upload> {
  return new Promise((resolve, reject) => {
    let file: Readable | undefined
    const failed = () => {
      const fault = notRight('body', 'is no form with a file that we can read')
      file?.destroy(fault)
      reject(fault)
    }
    let form: BusboyInstance
    try {
      form = Busboy({ headers: { 'content-type': type } as BusboyHeaders, limits: { files: 1, fields: 20 } })
    } catch {
      return failed()
    }
    form.on('file', (_, stream, fileName) => {
      file = stream
      // Nobody may be reading yet when it breaks off; whoever reads then is told.
      stream.on('error', () => {})
      // Whoever wants no more of it wants no more of the form.
      stream.once('close', () => body.unpipe(form))
      resolve({ bytes: stream, fileName: fileName ?? '' })
    })
    form.on('error', failed)
    form.on('finish', () => {
      if (!file) failed()
    })
    body.on('error', failed)
    body.pipe(form)
  })
}

const notRight = (path: string, message: string) =>
  new MooringError('invalid_request', 'Something in the request is not right.', { fields: [{ path, message }] })
