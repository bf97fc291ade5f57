/** `mooring connect <provider>`: prints the link, waits, says what came back. */
import { createInterface } from 'node:readline/promises'
import { z } from 'zod'
import { ERROR_STATUS, type ErrorCode, MooringError } from '../../error.ts'
import type { Client } from '../client.ts'
import { ConnectionShape } from '../shapes.ts'

const FlowShape = z.object({
  id: z.string(),
  state: z.enum(['pending', 'connecting', 'awaiting_completion', 'checkpoint', 'connected', 'failed', 'expired']),
  /** Null: not at one. Of all but `accounts` the browser has the answer. */
  checkpoint: z.string().nullable(),
  outcome: z.string().nullable(),
  connectionId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), operatorDetail: z.string().nullable() }).nullable(),
  identity: z.object({ label: z.string() }).nullable(),
  candidates: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      label: z.string(),
      note: z.string().nullable(),
      selectable: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  startUrl: z.string().optional(),
})
type Flow = z.infer<typeof FlowShape>

export interface ConnectOptions {
  registration?: string | undefined
  reconnect?: string | undefined
  /** `all`, ids parted by commas, or undefined: ask where there is somebody to ask, else all. */
  accounts?: string | undefined
}

export interface ConnectIo {
  out: (line: string) => void
  interactive: boolean
  sleep: (ms: number) => Promise<void>
}

export async function connect(
  client: Client,
  provider: string,
  options: ConnectOptions,
  io: ConnectIo,
): Promise<unknown> {
  if (!client.served) {
    throw new MooringError('config_invalid', 'No server runs that could answer the callback.', {
      detail: '  Start one with `npm start` or `npx mooring serve`, then try again.',
    })
  }
  const body =
    options.reconnect === undefined
      ? { provider, registration: options.registration }
      : { reconnect: options.reconnect }
  let flow = FlowShape.parse(await client.call('POST', '/flows', body))
  io.out(`Open this link in your browser. It is good once, for 10 minutes:\n\n  ${flow.startUrl ?? ''}\n`)
  io.out('Waiting …')
  // What is wrong with a password or a code is said in the browser, where it is typed again.
  while (waits(flow)) {
    await io.sleep(1000)
    flow = FlowShape.parse(await client.call('GET', `/flows/${flow.id}`))
  }
  if (flow.checkpoint === 'accounts') flow = await choose(client, flow, options.accounts, io)
  if (flow.error) {
    const { code, message, operatorDetail } = flow.error
    throw new MooringError(code in ERROR_STATUS ? (code as ErrorCode) : 'internal', message, {
      detail: operatorDetail ? `  ${operatorDetail}` : undefined,
    })
  }
  const connection = await client.call('GET', `/connections/${flow.connectionId ?? ''}`)
  if (options.accounts !== undefined && options.accounts !== 'all') requireNamed(connection, idsIn(options.accounts))
  return connection
}

const waits = ({ state, checkpoint }: Flow): boolean =>
  state === 'pending' ||
  state === 'connecting' ||
  state === 'awaiting_completion' ||
  (state === 'checkpoint' && checkpoint !== 'accounts')

/** Where there is nothing to choose, what is possible is taken without asking: it may not be what was named. */
function requireNamed(answer: unknown, wanted: readonly string[]): void {
  const { id, accounts } = ConnectionShape.parse(answer)
  const missing = wanted.filter((one) => !accounts.some((account) => account.subject === one))
  if (missing.length === 0) return
  throw new MooringError('accounts_refused', 'One of these accounts cannot be chosen.', {
    detail: `  Connection ${id} was made without ${missing.join(', ')}. It has ${accounts.map((one) => one.subject).join(', ') || 'none'}.`,
  })
}

const idsIn = (accounts: string): string[] => accounts.split(',').map((id) => id.trim())

async function choose(client: Client, flow: Flow, wanted: string | undefined, io: ConnectIo): Promise<Flow> {
  const usable = flow.candidates.filter((one) => one.selectable)
  const ids = wanted === undefined && io.interactive ? await askWhich(usable, io) : namedIn(wanted ?? 'all', usable)
  return FlowShape.parse(await client.call('POST', `/flows/${flow.id}/accounts`, { accounts: ids }))
}

const namedIn = (wanted: string, usable: Flow['candidates']): string[] =>
  wanted === 'all' ? usable.map((one) => one.id) : idsIn(wanted)

async function askWhich(usable: Flow['candidates'], io: ConnectIo): Promise<string[]> {
  io.out('Consent came. What shall be connected?\n')
  usable.forEach((one, at) => {
    io.out(`  ${String(at + 1).padStart(3)}  ${one.label}  (${one.kind}${one.note ? `, ${one.note}` : ''})`)
  })
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = (await terminal.question('\nNumbers parted by commas, or Enter for all: ')).trim()
    if (answer === '') return usable.map((one) => one.id)
    return answer.split(/[\s,]+/).flatMap((word) => usable[Number(word) - 1]?.id ?? [])
  } finally {
    terminal.close()
  }
}
