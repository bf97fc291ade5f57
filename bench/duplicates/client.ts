/** A product that makes posts over the API, and asks again under the same Idempotency-Key whenever an answer is lost. */
import { setTimeout as delay } from 'node:timers/promises'

export const API_KEY = 'mk_campaign_0123456789abcdef'
const LIMIT_MS = 180_000

export interface Client {
  /** Once; throws where it is not answered with 2xx. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by name
  ask(method: string, path: string, body?: unknown): Promise<any>
  /** A picture; answers with its id. */
  upload(png: Uint8Array): Promise<string>
  /** Until it is answered. `cutAfterMs`: the first answers are not waited for. */
  make(path: string, body: unknown, key: string, cutAfterMs: readonly number[]): Promise<Made>
}

export interface Made {
  id: string
  asked: number
}

export function createClient(base: string): Client {
  const send = (method: string, path: string, body: unknown, headers: Record<string, string>, ms: number) =>
    fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ms),
    })
  return {
    async ask(method, path, body) {
      const response = await send(method, path, body, {}, 30_000)
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async upload(png) {
      const response = await fetch(`${base}/api/v1/media`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'image/png', 'x-file-name': 'campaign.png' },
        body: png as Uint8Array<ArrayBuffer>,
      })
      if (response.status !== 201)
        throw new Error(`the picture was answered ${response.status} ${await response.text()}`)
      return ((await response.json()) as { id: string }).id
    },
    async make(path, body, key, cutAfterMs) {
      const end = performance.now() + LIMIT_MS
      for (let asked = 1; ; asked += 1) {
        const response = await send('POST', path, body, { 'idempotency-key': key }, cutAfterMs[asked - 1] ?? 15_000)
          .then(async (one) => ({ status: one.status, text: await one.text() }))
          .catch(() => undefined)
        if (response?.status === 201) return { id: (JSON.parse(response.text) as { id: string }).id, asked }
        if (response && response.status < 500) throw new Error(`${path} answered ${response.status} ${response.text}`)
        if (performance.now() > end) throw new Error(`${path} was never answered: ${response?.text}`)
        await delay(100)
      }
    },
  }
}
