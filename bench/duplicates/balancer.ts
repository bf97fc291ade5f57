/** One address before several servers: each connection goes to one of those that take it. Knows nothing of HTTP. */
import { connect, createServer, type Socket } from 'node:net'

export interface Balancer {
  port: number
  stop(): Promise<void>
}

export async function startBalancer(targets: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>()
  let turn = 0
  const tryNext = (client: Socket, left: number): void => {
    turn += 1
    const server = connect(targets[turn % targets.length] ?? 0, '127.0.0.1')
    sockets.add(server)
    server.once('connect', () => {
      client.pipe(server)
      server.pipe(client)
    })
    server.on('close', () => {
      sockets.delete(server)
      // Nothing was read of the client yet where the server never took the connection.
      if (server.bytesWritten === 0 && server.bytesRead === 0 && left > 0 && !client.destroyed)
        tryNext(client, left - 1)
      else client.destroy()
    })
    server.on('error', () => {})
    client.on('close', () => server.destroy())
  }
  const server = createServer((client) => {
    sockets.add(client)
    client.on('close', () => sockets.delete(client))
    client.on('error', () => {})
    tryNext(client, targets.length)
  })
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise((done) => {
        for (const one of sockets) one.destroy()
        server.close(() => done())
      }),
  }
}
