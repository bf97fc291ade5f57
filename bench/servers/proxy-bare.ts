/**
 * A streaming reverse proxy as one writes it in Node: `http.request` over a keep-alive agent, `pipe` both ways, one fixed
 * token. It asks for no key, reads nothing, drops no header, and ends the body cleanly when the platform dies inside it.
 */
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beChild } from '../support/child.ts'

export interface BareProxySettings {
  upstream: string
  token: string
}

beChild<BareProxySettings>(async ({ upstream, token }) => {
  const { hostname, port, host } = new URL(upstream)
  const agent = new Agent({ keepAlive: true })
  const server = createServer((incoming, outgoing) => {
    const onward = request(
      {
        agent,
        hostname,
        port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host, authorization: `Bearer ${token}` },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => server.closeAllConnections(),
  }
})
