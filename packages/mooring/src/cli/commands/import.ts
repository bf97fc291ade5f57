/** `mooring import`: connections of an older system, dry-run first. */

import { MooringError } from '../../error.ts'
import { environment } from '../environment.ts'
import { fernetKeys, KEYS_VARIABLE } from '../import/fernet.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  apply?: boolean
  offline?: boolean
  registration?: string
  oneWorkspace?: boolean
  workspacePerOwner?: boolean
  table?: string
}

export function importCommand({ program, show, withClient }: Terminal): void {
  program
    .command('import [source]')
    .description('take over connections of an older system: a file, or a PostgreSQL address without a password')
    .option('--apply', 'write; without it everything is judged and nothing written')
    .option('--offline', 'do not ask the platforms whose the tokens are')
    .option('--registration <id>', "which of a provider's apps they belong to")
    .option('--one-workspace', 'take all owners into one workspace')
    .option('--workspace-per-owner', 'give each owner a workspace')
    .option('--table <name>', 'read this table alone, whatever its name')
    .action(async (named: string | undefined, options: Options) => {
      if (options.oneWorkspace && options.workspacePerOwner)
        throw new MooringError('invalid_request', 'Either --one-workspace or --workspace-per-owner, not both.')
      const env = environment()
      const keys = fernetKeys(env[KEYS_VARIABLE])
      const [{ openSource }, { runImport }, { exitOf, reportText }] = await Promise.all([
        import('../import/source.ts'),
        import('../import/run.ts'),
        import('../import/report.ts'),
      ])
      const source = await openSource(named, {
        table: options.table,
        databaseUrl: env.MOORING_IMPORT_DATABASE_URL || undefined,
      })
      try {
        await withClient(async (client) => {
          const report = await runImport(source, client, {
            apply: options.apply === true,
            offline: options.offline === true,
            registration: options.registration,
            owners: options.oneWorkspace
              ? 'one_workspace'
              : options.workspacePerOwner
                ? 'workspace_per_owner'
                : 'unsaid',
            fernetKeys: keys,
            ...(process.stderr.isTTY ? { progress } : {}),
          })
          if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
          show(report, () => reportText(report))
          process.exitCode = exitOf(report)
        })
      } finally {
        await source.close()
      }
    })
}

const progress = (done: number): void => void process.stderr.write(`\r${done} records …`)
