/** Commands on connections: make one, list them, read a token, renew, ask the platform. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Client } from '../client.ts'
import { EXIT } from '../exit.ts'
import { inDays, table } from '../format.ts'
import { ConnectionShape, pageShape } from '../shapes.ts'
import type { Terminal } from '../terminal.ts'
import { connect } from './connect.ts'
import { EventShape, OneShape, one } from './connections-one.ts'
import { jsonView, type Look, linesView, screenView, type View, watch } from './watch.ts'

/** Who must act when a connection in this state does not work. */
const STANDING: Readonly<Record<string, number>> = {
  reauthorize: EXIT.person,
  misconfigured: EXIT.config,
  failing: EXIT.platform,
}

export function connectionsCommands({ program, out, asJson, show, withClient }: Terminal): void {
  program
    .command('connect <provider>')
    .description('print a link for the browser, wait, and say what came back')
    .option('--registration <id>', "which of the provider's apps")
    .option('--reconnect <connection>', 'renew this connection')
    .option('--accounts <which>', '"all", or ids parted by commas')
    .action((provider: string, options: { registration?: string; reconnect?: string; accounts?: string }) =>
      withClient(async (client) => {
        const quiet = asJson() ? (line: string) => void process.stderr.write(`${line}\n`) : out
        const io = {
          out: quiet,
          interactive: process.stdin.isTTY === true && !asJson(),
          sleep: async (ms: number) => void (await sleep(ms)),
        }
        const answer = await connect(client, provider, options, io)
        const connection = ConnectionShape.parse(answer)
        show(answer, () =>
          [
            `\nConnected as ${connection.identity.label}. ${connection.health.message}`,
            ...connection.accounts.map((one) => `  ${one.kind.padEnd(13)} ${one.label}`),
            `\nConnection ${connection.id}`,
          ].join('\n'),
        )
      }),
    )

  program
    .command('connections [connection]')
    .description('all connections and how they stand, or one with its history')
    .option('--watch', 'look every 2 seconds and show what changes, until Ctrl+C')
    .action((id: string | undefined, options: { watch?: boolean }) => {
      const look: Look = async (client, signal) =>
        id === undefined
          ? allConnections(client, signal)
          : [await client.call('GET', `/connections/${encodeURIComponent(id)}`, undefined, signal)]
      if (options.watch) return watch(look, viewOf(asJson()))
      return withClient(async (client) => {
        if (id !== undefined) return showOne(client, id)
        const data = await allConnections(client)
        const rows = z.array(ConnectionShape).parse(data)
        show({ data }, () =>
          rows.length === 0
            ? 'No connections yet. Make one with `npx mooring connect <provider>`.'
            : table(
                ['CONNECTION', 'PROVIDER', 'AS', 'STATE', 'TOKEN ENDS', 'ACCOUNTS'],
                rows.map((one) => [
                  one.id,
                  one.registration,
                  one.identity.label,
                  one.state,
                  inDays(one.accessTokenExpiresAt, Date.now()),
                  String(one.accounts.length),
                ]),
              ),
        )
      })
    })

  async function showOne(client: Client, id: string): Promise<void> {
    const path = `/connections/${encodeURIComponent(id)}`
    const connection = await client.call('GET', path)
    const page = pageShape(EventShape).parse(await client.call('GET', `${path}/events?limit=50`))
    const more = page.nextCursor !== null
    show({ connection, events: page.data, more }, () => one(OneShape.parse(connection), page.data, more, Date.now()))
  }

  program
    .command('token <connection>')
    .description('print a live access token')
    .action((id: string) =>
      withClient(async (client) => {
        const answer = await client.call('GET', `/connections/${encodeURIComponent(id)}/token`)
        show(answer, () => z.object({ accessToken: z.string() }).parse(answer).accessToken)
      }),
    )

  program
    .command('refresh <connection>')
    .description('renew the tokens now')
    .action((id: string) =>
      withClient(async (client) => {
        const answer = await client.call('POST', `/connections/${encodeURIComponent(id)}/refresh`)
        show(
          answer,
          () => `Renewed. The token ends ${inDays(ConnectionShape.parse(answer).accessTokenExpiresAt, Date.now())}.`,
        )
      }),
    )

  program
    .command('profile <connection>')
    .description('ask the platform who this connection is')
    .action((id: string) =>
      withClient(async (client) => {
        const answer = await client.call('POST', `/connections/${encodeURIComponent(id)}/test`)
        const result = z.object({ ok: z.boolean(), message: z.string(), connection: ConnectionShape }).parse(answer)
        const { identity } = result.connection
        show(answer, () =>
          [
            result.message,
            `  name     ${identity.label}`,
            `  subject  ${identity.subject}`,
            ...(identity.email ? [`  e-mail   ${identity.email}`] : []),
          ].join('\n'),
        )
        if (!result.ok) process.exitCode = STANDING[result.connection.state] ?? EXIT.failed
      }),
    )
}

async function allConnections(client: Client, signal?: AbortSignal): Promise<unknown[]> {
  const data: unknown[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/connections?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`
    const answer: { data: unknown[]; nextCursor: string | null } = pageShape(z.unknown()).parse(
      await client.call('GET', path, undefined, signal),
    )
    data.push(...answer.data)
    cursor = answer.nextCursor
  }
  return data
}

/** A table on a terminal, lines elsewhere, and JSON where it was asked for. */
function viewOf(json: boolean): View {
  const { stdout, stderr } = process
  const write = (text: string) => void stdout.write(text)
  const note = (text: string) => void stderr.write(text)
  if (json) return jsonView(write, note)
  if (!stdout.isTTY) return linesView(write, note)
  return screenView(write, () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }))
}
