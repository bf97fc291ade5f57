/** `mooring providers`: what can be connected, and what to set for it. */
import { z } from 'zod'
import { table } from '../format.ts'
import { pageShape } from '../shapes.ts'
import type { Terminal } from '../terminal.ts'

export function providersCommands({ program, show, withClient }: Terminal): void {
  program
    .command('providers')
    .description('what can be connected, and what to set for it')
    .action(() =>
      withClient(async (client) => {
        const shape = pageShape(
          z.object({
            name: z.string(),
            registrations: z.array(
              z.object({
                id: z.string(),
                name: z.string(),
                configured: z.boolean(),
                simulated: z.boolean(),
                redirectUri: z.string(),
                setup: z.array(z.string()),
              }),
            ),
          }),
        )
        const answer = await client.call('GET', '/providers')
        const rows = shape.parse(answer).data.flatMap((provider) => provider.registrations)
        show(answer, () => {
          const state = (one: (typeof rows)[number]) =>
            one.simulated ? 'simulated' : one.configured ? 'set up' : 'not set up'
          const missing = rows
            .filter((one) => !one.configured)
            .map(
              (one) =>
                `\n${one.name} (${one.id}) is not set up:\n${one.setup.map((line, at) => `  ${at + 1}. ${line}`).join('\n')}`,
            )
          return [
            table(
              ['ID', 'NAME', 'STATE', 'REDIRECT ADDRESS'],
              rows.map((one) => [one.id, one.name, state(one), one.redirectUri]),
            ),
            ...missing,
          ].join('\n')
        })
      }),
    )
}
