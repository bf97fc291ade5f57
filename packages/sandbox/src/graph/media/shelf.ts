/** Pictures that came in, so that the sandbox's pages can show them: in memory, the latest only. By what the file is of. */
export type Shelf = Map<string, { type: string; bytes: Uint8Array }>

const MOST = 48 * 1024 * 1024

export function shelve(shelf: Shelf, id: string, type: string, bytes: Uint8Array | undefined): void {
  if (!bytes || bytes.byteLength > MOST) return
  shelf.set(id, { type, bytes })
  let total = [...shelf.values()].reduce((sum, one) => sum + one.bytes.byteLength, 0)
  for (const [oldest, one] of shelf) {
    if (total <= MOST) return
    total -= one.bytes.byteLength
    shelf.delete(oldest)
  }
}
