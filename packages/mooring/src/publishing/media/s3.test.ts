/** What a bucket says when it does not do what it is asked. What it does is in storage.test.ts. */
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type S3Config, s3Storage } from './s3.ts'
import { pieces } from './testing.ts'

let server: Server | undefined
afterEach(() => void server?.close())

const SECRET = 'CANARY-secret'
const config = (endpoint: string): S3Config => ({
  endpoint,
  bucket: 'files',
  region: 'us-east-1',
  keys: { accessKeyId: 'key', secretAccessKey: SECRET },
  forcePathStyle: true,
})

async function saying(status: number, code: string) {
  const one = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end(`<Error><Code>${code}</Code><Message>${SECRET}</Message></Error>`)
    })
  })
  server = one
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))
  return s3Storage(config(`http://127.0.0.1:${(one.address() as AddressInfo).port}`))
}

describe('a bucket that says', () => {
  it.each([
    [403, 'AccessDenied', 'storage_unavailable'],
    [403, 'SignatureDoesNotMatch', 'storage_unavailable'],
    [404, 'NoSuchBucket', 'storage_unavailable'],
    [507, 'InsufficientStorage', 'storage_full'],
    [400, 'XMinioStorageFull', 'storage_full'],
    [400, 'QuotaExceeded', 'storage_full'],
  ])('%i %s is %s, and its own words stay outside', async (status, says, code) => {
    const storage = await saying(status, says)
    const error = await storage
      .write(randomUUID(), randomUUID(), pieces(Buffer.from('x')))
      .then(undefined, (thrown: unknown) => thrown)
    expect(error).toMatchObject({ code, detail: expect.stringContaining(says) })
    expect(JSON.stringify([error, (error as Error).message])).not.toContain(SECRET)
  })

  it('404 NoSuchKey has no such file', async () => {
    const storage = await saying(404, 'NoSuchKey')
    await expect(storage.read(randomUUID(), randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })

  it('more than it was asked for gives none of it', async () => {
    const storage = await saying(200, 'x')
    const read = storage.read(randomUUID(), randomUUID(), { from: 0, to: 4 })
    await expect(read).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.stringContaining('range') })
  })

  it('nothing at all is away', async () => {
    const storage = s3Storage(config('http://127.0.0.1:9'))
    await expect(storage.read(randomUUID(), randomUUID())).rejects.toMatchObject({ code: 'storage_unavailable' })
  })
})
