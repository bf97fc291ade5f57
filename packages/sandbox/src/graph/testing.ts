import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** For tests: an app's own server, to which Meta posts signed requests. */
export interface Inbox {
  url(path: string): string
  taken: { path: string; type: string; form: URLSearchParams }[]
  close(): Promise<void>
}

export async function openInbox(answer: (path: string) => { status: number; body: string }): Promise<Inbox> {
  const taken: Inbox['taken'] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = request.url ?? ''
    taken.push({
      path,
      type: request.headers['content-type'] ?? '',
      form: new URLSearchParams(Buffer.concat(chunks).toString()),
    })
    const { status, body } = answer(path)
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    taken,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

/** Opens a signed request as an app would; undefined where the signature is not right. */
export function openSigned(signed: string, secret: string): Record<string, unknown> | undefined {
  const [signature = '', payload = ''] = signed.split('.')
  const right = createHmac('sha256', secret).update(payload).digest('base64url')
  return signature === right ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : undefined
}
