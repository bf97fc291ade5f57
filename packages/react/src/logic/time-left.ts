/** The rest of an attempt, in ms, as it is shown and as it is read out. Pure. */

/** "3:34". */
export function shortLeft(ms: number): string {
  const seconds = secondsOf(ms)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** "3 min 34 s", "4 min", "34 s". */
export function longLeft(ms: number): string {
  const seconds = secondsOf(ms)
  const parts = [
    [Math.floor(seconds / 60), 'min'],
    [seconds % 60, 's'],
  ] as const
  const said = parts.filter(([number]) => number > 0).map(([number, unit]) => `${number} ${unit}`)
  return said.length === 0 ? '0 s' : said.join(' ')
}

/** What a screen reader hears: another sentence once a minute and at 30 seconds, and not each second. */
export function spokenLeft(ms: number): string {
  if (ms <= 0) return 'Time is up.'
  if (ms <= 30_000) return '30 seconds left.'
  const minutes = Math.ceil(ms / 60_000)
  return minutes === 1 ? 'One minute left.' : `${minutes} minutes left.`
}

const secondsOf = (ms: number) => Math.max(0, Math.ceil(ms / 1000))
