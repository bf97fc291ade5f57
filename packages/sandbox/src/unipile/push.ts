/** Sends what is due. By the sandbox's clock; only how long an answer may take is real time. */
import { createHmac } from 'node:crypto'
import type { Delivery } from './state.ts'
import type { World } from './world.ts'

/** "Answer within 30 seconds; else five retries with growing delays" (webhooks-2); how they grow is not said. */
const ANSWER_MS = 30_000
const RETRY_SECONDS = [10, 60, 300, 1800, 7200]

/** One at a time for each address, so that what happened first is told first. True when something was sent. */
export function pushDue(world: World): boolean {
  const { state, clock } = world
  const busy = new Set(state.deliveries.filter((one) => one.state === 'under way').map((one) => one.url))
  let sent = false
  for (const one of state.deliveries) {
    if (one.state !== 'waiting' || one.dueAt > clock.now() || busy.has(one.url)) continue
    busy.add(one.url)
    sent = true
    one.state = 'under way'
    one.attempts += 1
    post(one, clock.now()).then((status) => judge(one, status, clock.now()))
  }
  return sent
}

/** The status of the answer; 0 where none came. Bytes carry no content type of their own, as text would. */
async function post({ url, headers, secret, body }: Delivery, now: number): Promise<number> {
  const all = new Headers(headers.map(({ key, value }): [string, string] => [key, value]))
  if (secret !== null) {
    all.set('content-type', 'application/json')
    all.set('unipile-signature', signature(secret, body, now))
  }
  try {
    const init = { method: 'POST', headers: all, body: Buffer.from(body), redirect: 'manual' as const }
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}

/** As a public client of v2 checks it: HMAC-SHA256 over `time.body`, in hex. Not in a document that was seen. */
export function signature(secret: string, body: string, now: number): string {
  const time = Math.floor(now / 1000)
  return `t=${time},v0=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`
}

function judge(one: Delivery, status: number, now: number): void {
  one.status = status
  const wait = RETRY_SECONDS[one.attempts - 1]
  if (status === 200) one.state = 'delivered'
  else if (wait === undefined) one.state = 'given up'
  else {
    one.state = 'waiting'
    one.dueAt = now + wait * 1000
  }
}
