/** What was fetched, for a while and up to so many bytes; what is being fetched is fetched once. Of this process alone. */

export interface ShelfLimits {
  bytes: number
  things: number
}

export interface Kept<T> {
  value: T
  bytes: number
  /** For how long it may stand, in ms. */
  keepMs: number
}

export function createShelf<T>(now: () => number, limits: ShelfLimits) {
  /** The one used longest ago comes first: a Map keeps the order in which its keys were set. */
  const kept = new Map<string, { value: T; bytes: number; until: number }>()
  const coming = new Map<string, Promise<T>>()
  let bytes = 0

  const take = (key: string) => {
    const one = kept.get(key)
    if (one === undefined) return undefined
    kept.delete(key)
    bytes -= one.bytes
    return one
  }

  const put = (key: string, one: Kept<T>) => {
    take(key)
    kept.set(key, { value: one.value, bytes: one.bytes, until: now() + one.keepMs })
    bytes += one.bytes
    for (const oldest of kept.keys()) {
      if (bytes <= limits.bytes && kept.size <= limits.things) break
      take(oldest)
    }
  }

  return {
    /** `make` must not throw. */
    async get(key: string, make: () => Promise<Kept<T>>): Promise<T> {
      const one = take(key)
      if (one && one.until > now()) {
        kept.set(key, one)
        bytes += one.bytes
        return one.value
      }
      const already = coming.get(key)
      if (already) return already
      const made = make().then((fresh) => {
        put(key, fresh)
        return fresh.value
      })
      coming.set(key, made)
      try {
        return await made
      } finally {
        coming.delete(key)
      }
    },
    size: () => ({ things: kept.size, bytes }),
  }
}
