/** The platform behind both proxies: a small JSON answer, a large one, and a place to upload to. It checks that a token came. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beChild } from '../support/child.ts'

export interface UpstreamSettings {
  smallBytes: number
  largeBytes: number
}

beChild<UpstreamSettings>(async ({ smallBytes, largeBytes }) => {
  const small = Buffer.from(JSON.stringify({ pad: 'x'.repeat(smallBytes - '{"pad":""}'.length) }))
  const large = Buffer.alloc(largeBytes, 'x')
  const server = createServer((incoming, response) => {
    const answer = (status: number, body: Buffer) =>
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    if (!/^Bearer \S{100,}$/.test(incoming.headers.authorization ?? '')) return answer(401, Buffer.from('{}'))
    if (incoming.method !== 'POST') return answer(200, incoming.url?.endsWith('/large') ? large : small)
    let bytes = 0
    incoming.on('data', (part: Buffer) => {
      bytes += part.length
    })
    incoming.on('end', () => answer(bytes === largeBytes ? 200 : 400, Buffer.from(`{"bytes":${bytes}}`)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => server.closeAllConnections(),
  }
})
