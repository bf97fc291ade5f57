import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sampleJpeg, sampleMp4, samplePng } from '../../core/samples.ts'

/** For tests: the server that Meta fetches files from. */
export interface FileHost {
  /** Serves a file under an address of its own. */
  serve(bytes: Uint8Array | string, type: string, status?: number, headers?: Record<string, string>): string
  jpeg(width?: number, height?: number): string
  png(width?: number, height?: number): string
  mp4(how?: Partial<Parameters<typeof sampleMp4>[0]>): string
  /** An address that answers with the given. */
  answering(
    answer: (request: IncomingMessage) => { status: number; headers?: Record<string, string> } | 'never',
  ): string
  /** An address where nobody listens. */
  readonly nobody: string
  readonly asked: { path: string; agent: string }[]
  close(): Promise<void>
}

interface Served {
  status: number
  headers: Record<string, string>
  body: Uint8Array | string
}

export const film = (how: Partial<Parameters<typeof sampleMp4>[0]> = {}): Uint8Array =>
  sampleMp4({ seconds: 10, bytes: 5000, rate: 30, width: 1080, height: 1920, ...how })

export async function openFileHost(): Promise<FileHost> {
  const files = new Map<string, (request: IncomingMessage) => Served | 'never'>()
  const asked: FileHost['asked'] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, agent: request.headers['user-agent'] ?? '' })
    const found = files.get(path)?.(request) ?? { status: 404, headers: {}, body: '' }
    if (found !== 'never') response.writeHead(found.status, found.headers).end(found.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const add = (one: (request: IncomingMessage) => Served | 'never'): string => {
    const path = `/files/${files.size + 1}`
    files.set(path, one)
    return `http://127.0.0.1:${port}${path}`
  }
  const serve: FileHost['serve'] = (body, type, status = 200, headers = {}) =>
    add(() => ({ status, headers: { 'content-type': type, ...headers }, body }))
  return {
    serve,
    asked,
    jpeg: (width = 1080, height = 1080) => serve(sampleJpeg(width, height), 'image/jpeg'),
    png: (width = 100, height = 100) => serve(samplePng(width, height), 'image/png'),
    mp4: (how = {}) => serve(film(how), 'video/mp4'),
    answering: (answer) =>
      add((request) => {
        const given = answer(request)
        return given === 'never' ? given : { headers: {}, body: '', ...given }
      }),
    // Port 1 is nobody's on a machine that runs tests.
    nobody: 'http://127.0.0.1:1/a.jpg',
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
