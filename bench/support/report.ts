/** What a bench says: a table for people, a file for machines, and an exit code where `--check` asks for one. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export interface Target {
  what: string
  /** `most`: the value must not be above the bound; `least`: not below. */
  bound: { most: number } | { least: number }
  value: number
}

/** Numbers given on the command line as `--name 5`, and `--check`. */
export function options<T extends Record<string, number>>(defaults: T): T & { check: boolean } {
  const names = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ options: { ...names, check: { type: 'boolean' } } })
  const read = Object.entries(defaults).map(([name, fallback]) => {
    const given = values[name as keyof typeof values]
    const value = given === undefined ? fallback : Number(given)
    if (!Number.isFinite(value) || value <= 0) throw new TypeError(`--${name} wants a number above 0`)
    return [name, value]
  })
  return { ...(Object.fromEntries(read) as T), check: values.check === true }
}

export const met = ({ bound, value }: Target): boolean => ('most' in bound ? value <= bound.most : value >= bound.least)

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const text = (line: string[]) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('   ')
  const [first = [], ...rest] = lines
  console.log(`\n${text(first)}\n${widths.map((width) => '─'.repeat(width)).join('───')}`)
  for (const line of rest) console.log(text(line))
}

/** Prints the targets, writes `results/<name>.json`, and ends the process with 1 where `--check` finds one missed. */
export function finish(name: string, check: boolean, targets: readonly Target[], figures: unknown): void {
  table(
    ['target', 'bound', 'measured', ''],
    targets.map((one) => [
      one.what,
      'most' in one.bound ? `≤ ${one.bound.most}` : `≥ ${one.bound.least}`,
      rounded(one.value),
      met(one) ? 'met' : 'MISSED',
    ]),
  )
  const folder = join(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.json`)
  const results = targets.map((one) => ({ ...one, met: met(one) }))
  writeFileSync(
    file,
    `${JSON.stringify({ bench: name, at: new Date().toISOString(), machine: machine(), targets: results, figures }, null, 2)}\n`,
  )
  console.log(`\n${file}`)
  if (check && !targets.every(met)) process.exitCode = 1
}

function machine() {
  const [first] = cpus()
  return {
    cpu: first?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()}`,
    node: process.version,
    load: loadavg().map((one) => Math.round(one * 100) / 100),
    commit: commit(),
  }
}

function commit(): string | undefined {
  try {
    const git = (...words: string[]) =>
      execFileSync('git', words, { encoding: 'utf8', cwd: import.meta.dirname, stdio: 'pipe' }).trim()
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', '../packages') === '' ? '' : '+')
  } catch {
    return undefined
  }
}

export const rounded = (value: number, digits = value < 10 ? 2 : value < 100 ? 1 : 0): number =>
  Math.round(value * 10 ** digits) / 10 ** digits

/** `middle (lowest–highest)`. */
export const spread = (values: readonly number[]): string =>
  `${rounded(median(values))} (${rounded(Math.min(...values))}–${rounded(Math.max(...values))})`

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * at
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place % 1)
}
