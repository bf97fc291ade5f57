/** Tells a request's own time from the time that it waited for a platform. One request at a time. */
import { createRuntime, type Runtime } from '../../packages/mooring/src/runtime.ts'

export interface Timing {
  method: string
  path: string
  status: number
  /** From the request in our hands to the answer, in ms. */
  totalMs: number
  /** With at least one request to a platform under way, answer's body included, or a pause that a platform imposed. */
  platformMs: number
}

type Handler = (request: Request) => Response | Promise<Response>

export function stopwatch(platformOrigins: Record<string, string>) {
  const runtime = createRuntime({ platformOrigins })
  let timings: Timing[] = []
  let underWay = 0
  let since = 0
  let waited = 0
  const wait = async <T>(work: () => Promise<T>): Promise<T> => {
    if (underWay === 0) since = performance.now()
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
      if (underWay === 0) waited += performance.now() - since
    }
  }
  const parts: Pick<Runtime, 'fetch' | 'sleep'> = {
    async fetch(url, init) {
      const { response, body } = await wait(async () => {
        const response = await runtime.fetch(url, init)
        return { response, body: await response.arrayBuffer() }
      })
      const { status, statusText, headers } = response
      return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers })
    },
    sleep: (ms, signal) => wait(() => runtime.sleep(ms, signal)),
  }
  return {
    runtime: parts,
    around:
      (handler: Handler): Handler =>
      async (request) => {
        waited = 0
        const began = performance.now()
        const response = await handler(request)
        const totalMs = performance.now() - began
        const { pathname: path } = new URL(request.url)
        timings.push({ method: request.method, path, status: response.status, totalMs, platformMs: waited })
        return response
      },
    take(): Timing[] {
      const taken = timings
      timings = []
      return taken
    },
  }
}
