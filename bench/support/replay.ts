/** The same transactions as something else made, with nothing in them: what the database alone costs on this machine. */
import pg from 'pg'
import type { Cluster } from './cluster.ts'

export type Step = 'begin' | 'commit' | 'read' | 'write'

/** What each statement is, by its first word. */
export const stepsOf = (statements: readonly string[]): Step[] =>
  statements.map((text) => {
    const [word = ''] = /^\w+/.exec(text.trim().toLowerCase()) ?? []
    if (word === 'begin' || word === 'start') return 'begin'
    if (word === 'commit' || word === 'rollback') return 'commit'
    return ['insert', 'update', 'delete'].includes(word) ? 'write' : 'read'
  })

export async function createReplay({ admin, query }: Cluster, steps: readonly Step[]) {
  await query('create table if not exists public.replay (id bigint generated always as identity, at text)')
  const client = new pg.Client(admin)
  await client.connect()
  const run: Record<Step, () => Promise<unknown>> = {
    begin: () => client.query('begin'),
    commit: () => client.query('commit'),
    read: () => client.query('select $1::text', ['x']),
    write: () => client.query('insert into public.replay (at) values ($1)', ['x']),
  }
  return {
    /** How long all of it took, in ms. */
    async once(): Promise<number> {
      const began = performance.now()
      for (const step of steps) await run[step]()
      return performance.now() - began
    },
    end: () => client.end(),
  }
}
