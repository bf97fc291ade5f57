/** The guide's worked example is the example's own code, which a real browser goes through (e2e/example-connect-session.spec.ts). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ERROR_STATUS } from '../src/error.ts'

const repository = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const guide = read('docs/guides/connect-sessions.md')

it('shows code that runs', () => {
  const code = ['mooring.ts', 'server.ts'].map((name) => read(`examples/connect-session/${name}`)).join('\n')
  const shown = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  expect(shown).toHaveLength(4)
  for (const part of shown) expect(code).toContain(part)
})

it('names codes and statuses that there are', () => {
  const rows = [...guide.matchAll(/^\| `([a-z_]+)` \| (\d{3}) \|/gm)]
  expect(rows.length).toBeGreaterThan(6)
  for (const [, code = '', status] of rows) expect(ERROR_STATUS[code as keyof typeof ERROR_STATUS]).toBe(Number(status))
})
