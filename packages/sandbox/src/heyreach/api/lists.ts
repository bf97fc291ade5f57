/** One page out of all that matched; `totalCount` counts what matched. */
export const pageOf = <Item>(found: readonly Item[], { offset, limit }: { offset: number; limit: number }) => ({
  totalCount: found.length,
  items: found.slice(offset, offset + limit),
})

/** Whether one of the texts holds the keyword, whatever its case. */
export const says = (keyword: string | null | undefined, ...texts: (string | null)[]): boolean =>
  texts.some((one) => (one ?? '').toLowerCase().includes((keyword ?? '').toLowerCase()))

/** An empty filter, or none, lets everything pass. */
export const among = <Value>(wanted: readonly Value[] | null | undefined, values: readonly Value[]): boolean =>
  !wanted?.length || values.some((one) => wanted.includes(one))
