/** "12 s", "4:07 min", "1:04 h": of ms, rounded up. Pure. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)} min`
  const minutes = Math.ceil(seconds / 60)
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`
}

const two = (number: number) => String(number).padStart(2, '0')
