/** What PostgreSQL says of a statement: its plan as text, how long it ran, how many pages it touched, and how it reached each table. */
export interface Plan {
  text: string
  ms: number
  /** Pages touched, each time that they were, in memory or not. */
  buffers: number
  /** Of these, pages that were not in PostgreSQL's own memory. */
  fromOutside: number
  /** Tables read from their beginning to their end. */
  scanned: string[]
  /** Indexes used. */
  indexes: string[]
}

export type Run = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>

export async function explain(run: Run, text: string, values: unknown[]): Promise<Plan> {
  const { rows } = await run(`explain (analyze, buffers) ${text}`, values)
  const lines = rows.map((row) => (row as { 'QUERY PLAN': string })['QUERY PLAN'])
  const whole = lines.join('\n')
  // The first line of buffers is the topmost node's, which counts what is below it.
  const [, hit = '0', read = '0'] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(whole) ?? []
  return {
    text: whole,
    ms: Number(/Execution Time: ([\d.]+) ms/.exec(whole)?.[1]),
    buffers: Number(hit) + Number(read),
    fromOutside: Number(read),
    scanned: all(whole, /Seq Scan on (?:mooring\.)?(\w+)/g),
    indexes: all(whole, /(?:Index Scan|Index Only Scan) using (\w+)|Bitmap Index Scan on (\w+)/g),
  }
}

const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, one, other]) => one ?? other ?? '')),
]
