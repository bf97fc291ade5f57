/** Uploaded bytes, so that the sandbox's pages can show them: in memory, the latest ones only. */
export type KeptBytes = Map<string, { type: string; bytes: Uint8Array }>

const MOST = 48 * 1024 * 1024

export function keepBytes(kept: KeptBytes, urn: string, type: string, bytes: Uint8Array): void {
  kept.delete(urn)
  if (bytes.length > MOST) return
  kept.set(urn, { type, bytes })
  let total = [...kept.values()].reduce((sum, one) => sum + one.bytes.length, 0)
  for (const [oldest, one] of kept) {
    if (total <= MOST) return
    total -= one.bytes.length
    kept.delete(oldest)
  }
}
