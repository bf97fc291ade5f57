/** Ids of posts and media grow with time: milliseconds since X's own epoch, then 22 bits (twitter-archive/snowflake). */
const EPOCH_MS = 1_288_834_974_657n

/** The next id: of this moment, and above every id before it. */
export function nextId(state: { lastId: string }, now: number): string {
  const ofNow = (BigInt(Math.floor(now)) - EPOCH_MS) << 22n
  const afterLast = BigInt(state.lastId) + 1n
  state.lastId = String(ofNow > afterLast ? ofNow : afterLast)
  return state.lastId
}

export const isId = (text: string): boolean => /^[0-9]{1,19}$/.test(text)

export const isNewer = (id: string, than: string): boolean => BigInt(id) > BigInt(than)
