import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Listening {
  origin: string
  close(): Promise<void>
}

/** An IPv6 address needs brackets in a URL. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host)

export function listen(app: Hono<{ Bindings: HttpBindings }>, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch as never }) as Server
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`The sandbox cannot listen on port ${port} of ${host}: it is taken.`)
          : error,
      ),
    )
    server.listen(port, host, () => {
      const bound = (server.address() as AddressInfo).port
      // 0.0.0.0 is a place to listen on, not one to go to.
      const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
      resolve({
        origin: `http://${urlHost(shown)}:${bound}`,
        close: () =>
          new Promise<void>((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}
