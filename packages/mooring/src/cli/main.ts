/**
 * The command line. Every command takes `--json`; none takes a secret as an argument.
 * The engine is loaded by the commands that run it themselves: most speak to a server, and are called from scripts.
 */
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import { openClient } from './client.ts'
import { apiKeysCommands } from './commands/api-keys.ts'
import { auditCommand } from './commands/audit.ts'
import { connectionsCommands } from './commands/connections.ts'
import { forecastCommands } from './commands/forecast.ts'
import { importCommand } from './commands/import.ts'
import { keysCommands } from './commands/keys.ts'
import { operatorCommands } from './commands/operator.ts'
import { postCommand } from './commands/post.ts'
import { providersCommands } from './commands/providers.ts'
import { sandboxCommands } from './commands/sandbox.ts'
import { EXIT, exitCode } from './exit.ts'
import type { Terminal } from './terminal.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const out = (line: string) => void process.stdout.write(`${line}\n`)

export function createProgram(): Command {
  const program = new Command('mooring')
    .description('Connect accounts once, keep every token sealed and fresh.')
    .version(version)
    .option('--json', 'print JSON')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError()
    .exitOverride()
  const asJson = () => program.opts<{ json?: boolean }>().json === true
  const terminal: Terminal = {
    program,
    out,
    asJson,
    show: (value, text) => out(asJson() ? JSON.stringify(value, null, 2) : text()),
    async withClient(work) {
      const client = await openClient()
      try {
        await work(client)
      } finally {
        await client.close()
      }
    },
  }

  program
    .command('serve')
    .description('run server, console and, without DATABASE_URL, PostgreSQL')
    .option('--sandbox', 'let the sandbox play the platforms that are not set up')
    .option('--no-sandbox', 'use the real platforms alone')
    .action(async (options: { sandbox?: boolean }) => {
      const { serve } = await import('./commands/serve.ts')
      await serve({ sandbox: options.sandbox }, out)
    })
  program
    .command('worker')
    .description('run what is done in the background, for hosts that have no process of their own for it')
    .action(async () => {
      const { work } = await import('./commands/worker.ts')
      await work(out)
    })
  sandboxCommands(terminal)
  providersCommands(terminal)
  connectionsCommands(terminal)
  postCommand(terminal)
  forecastCommands(terminal)
  importCommand(terminal)
  keysCommands(terminal)
  apiKeysCommands(terminal)
  auditCommand(terminal)
  operatorCommands(terminal)
  return program
}

/** Runs one command. Sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has read enough (`| head`) is no fault.
  process.stdout.on('error', () => {})
  try {
    await createProgram().parseAsync([...argv], { from: 'user' })
  } catch (error) {
    process.exitCode = report(error, argv.includes('--json'))
  }
}

function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  const known = isMooringError(error)
    ? error
    : new MooringError('internal', 'Something went wrong inside Mooring.', { detail: `  ${unknownFault(error)}` })
  if (json)
    process.stderr.write(
      `${JSON.stringify({ code: known.code, message: known.message, detail: known.detail, providerCode: known.providerCode })}\n`,
    )
  else process.stderr.write(`\n${[known.message, known.detail, framesOf(error)].filter(Boolean).join('\n')}\n`)
  return exitCode(known.code)
}

/** Where something unknown was thrown, for a report to us. Without its message, which may hold values. */
function framesOf(error: unknown): string {
  if (isMooringError(error) || !(error instanceof Error)) return ''
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, 5).join('\n')
}
