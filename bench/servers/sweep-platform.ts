/** A platform's token endpoint that answers every refresh with a new token, after so many ms. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { beChild } from '../support/child.ts'

export interface PlatformSettings {
  delayMs: number
}

export interface Renewals {
  requests: number
  /** From the first request to the last answer. */
  seconds: number
  atOnce: number
}

const DAYS_60 = 60 * 86_400

beChild<PlatformSettings>(async ({ delayMs }) => {
  const seen = { requests: 0, from: 0, to: 0, open: 0, atOnce: 0 }
  const server = createServer(async (request, response) => {
    if (seen.requests === 0) seen.from = performance.now()
    seen.requests += 1
    seen.open += 1
    seen.atOnce = Math.max(seen.atOnce, seen.open)
    for await (const _ of request);
    if (delayMs > 0) await pause(delayMs)
    seen.open -= 1
    seen.to = performance.now()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ access_token: randomBytes(300).toString('base64url'), expires_in: DAYS_60 }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const renewals = (): Renewals => ({
    requests: seen.requests,
    seconds: (seen.to - seen.from) / 1000,
    atOnce: seen.atOnce,
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => server.closeAllConnections(),
    answers: { renewals },
  }
})
