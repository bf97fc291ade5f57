/** Records on their way to the server, in batches, and what came back of each. */
import { z } from 'zod'
import { isMooringError, MooringError } from '../../error.ts'
import type { Client } from '../client.ts'
import type { SourceRecord } from './record.ts'
import type { Line } from './report.ts'

/** While platforms are asked, a request takes long: few records, so that it is seen to go on. Else as many as the API takes. */
const ONLINE = 25
const OFFLINE = 100
/** A body may have a megabyte. */
const MOST_BYTES = 600_000

export interface Sending {
  dryRun: boolean
  offline: boolean
  registration: string | undefined
  from: string
}

export type Outgoing = SourceRecord & { ref: string; workspace: string | null }

const Answer = z.object({
  startedAt: z.string(),
  data: z.array(
    z.object({
      ref: z.string(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'kept', 'skipped']),
      code: z.string(),
      message: z.string(),
      connectionId: z.string().nullable(),
      workspaceId: z.string().nullable(),
      registration: z.string().nullable(),
      subject: z.string().nullable(),
      label: z.string().nullable(),
      identity: z.enum(['platform', 'source']).nullable(),
      accounts: z.number(),
    }),
  ),
})

/** Collects records and sends them; each one's line goes to `told`, in order. */
export function createSender(client: Pick<Client, 'call'>, sending: Sending, told: (line: Line) => void) {
  let batch: (Outgoing | Line)[] = []
  let bytes = 0
  let startedAt: string | undefined
  const met = new Map<string, string>()

  const flush = async (): Promise<void> => {
    const all = batch
    batch = []
    bytes = 0
    const records = all.filter(isOutgoing)
    const results = records.length === 0 ? [] : await sent(records)
    for (const one of all) {
      const result = isOutgoing(one) ? results.shift() : undefined
      if (isOutgoing(one) && result) told(once({ ...result, provider: one.provider, owner: one.workspace }))
      else if (!isOutgoing(one)) told(one)
    }
  }

  const sent = async (records: Outgoing[]) => {
    const { dryRun, offline, registration, from } = sending
    try {
      const body = { dryRun, offline, registration, from, startedAt, records }
      const answer = Answer.parse(await client.call('POST', '/connections/import', body))
      startedAt ??= answer.startedAt
      return answer.data
    } catch (error) {
      throw stopped(error, records)
    }
  }

  /** A dry run writes nothing, so the server cannot know what it has just called new. */
  const once = (line: Line): Line => {
    if (!sending.dryRun || line.subject === null) return line
    const key = JSON.stringify([line.owner, line.registration, line.subject])
    const first = met.get(key)
    if (first === undefined) met.set(key, line.ref)
    if (first === undefined || line.outcome !== 'created') return line
    const message = `It is the same identity as ${first}; what is newer will stay.`
    return { ...line, outcome: 'unchanged', code: 'same_identity', message }
  }

  return {
    /** Sends it with the next batch; a line that is ready waits for its turn among them. */
    async add(one: Outgoing | Line): Promise<void> {
      const size = isOutgoing(one) ? Buffer.byteLength(JSON.stringify(one)) : 0
      if (batch.length >= (sending.offline ? OFFLINE : ONLINE) || bytes + size > MOST_BYTES) await flush()
      batch.push(one)
      bytes += size
    },
    flush,
  }
}

const isOutgoing = (one: Outgoing | Line): one is Outgoing => !('outcome' in one)

/** Everything before the batch is done; the batch itself may be, and is found again. */
function stopped(error: unknown, records: readonly Outgoing[]): unknown {
  if (!isMooringError(error)) return error
  const where = `The import stopped at ${records[0]?.ref}. Run it again: what was taken over is found and not doubled.`
  return new MooringError(error.code, error.message, {
    detail: [error.detail, `  ${where}`].filter(Boolean).join('\n'),
    providerCode: error.providerCode,
    retryAfter: error.retryAfter,
  })
}
