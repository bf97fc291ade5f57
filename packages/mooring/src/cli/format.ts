/** How answers look in a terminal. Pure. */

/** Without what would steer a terminal: a name that a platform sent may hold anything. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\ufffd')

/** Columns as wide as their widest cell. */
export function table(header: readonly string[], cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(plain))
  const widths = header.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(header), ...rows.map(line)].join('\n')
}

const DAY = 86_400_000

/** "2027-01-20, in 60 days". */
export function inDays(at: string | null, now: number): string {
  if (at === null) return 'no end known'
  const days = Math.round((Date.parse(at) - now) / DAY)
  const when =
    days === 0
      ? 'today'
      : days > 0
        ? `in ${days} day${days === 1 ? '' : 's'}`
        : `${-days} day${days === -1 ? '' : 's'} ago`
  return `${at.slice(0, 10)}, ${when}`
}

const STEPS: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** "59 d", "3 h", "12 min", "40 s", "over"; "-" where no time is known. */
export function timeLeft(at: string | null | undefined, now: number): string {
  if (at === null || at === undefined) return '-'
  const seconds = Math.floor((Date.parse(at) - now) / 1000)
  if (seconds <= 0) return 'over'
  // Two of the smaller step say more than one of the larger.
  const [size, unit] = STEPS.find(([one]) => seconds >= (one === 1 ? 1 : 2 * one)) ?? [1, 's']
  return `${Math.floor(seconds / size)} ${unit}`
}

/** "2026-11-21 16:05:02", in UTC. */
export const stamp = (at: string): string => at.slice(0, 19).replace('T', ' ')

/** Names and values, one a line, under each other; those without a value are left out. */
export function facts(pairs: readonly (readonly [name: string, value: string | null | undefined])[]): string {
  const there = pairs.flatMap(([name, value]) => (value ? [[name, plain(value)] as const] : []))
  const width = Math.max(0, ...there.map(([name]) => name.length))
  return there.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}

/** Cut to so many columns, with a sign where something is missing. */
export const cut = (line: string, columns: number): string =>
  line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`
