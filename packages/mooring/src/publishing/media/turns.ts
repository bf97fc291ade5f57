/** So many at once, the rest in their turn. */
export function createTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve())
  let count = 0
  return (work) => {
    const lane = count++ % atOnce
    const mine = (lanes[lane] ?? Promise.resolve()).then(work)
    lanes[lane] = mine.catch(() => {})
    return mine
  }
}
