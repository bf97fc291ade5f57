export interface Window<T> {
  elements: T[]
  paging: { start: number; count: number; total: number; links: { type: string; rel: string; href: string }[] }
}

/** The most one answer looks at. */
export const LARGEST_WINDOW = 15
/** Lists longer than this come in short pages. */
const LONG = 25

/**
 * Pages of organizationAcls have been seen shorter than `count` although more follow (ebx-linkedin-sdk 1.0.4 and 1.0.6).
 * A client that stops at a short page, or steps by `count`, loses organizations.
 */
function windowOf(total: number, count: number): number {
  const size = Math.min(count, LARGEST_WINDOW)
  return total > LONG ? Math.max(1, size - 1) : size
}

type Href = (start: number) => string

function slice<T>(all: readonly T[], start: number, count: number, size: number, href: Href): Window<T> {
  const end = Math.min(start + size, all.length)
  const link = (rel: string, from: number) => ({ type: 'application/json', rel, href: href(from) })
  const links = [
    ...(start > 0 ? [link('prev', Math.max(0, start - count))] : []),
    ...(end < all.length && end > start ? [link('next', end)] : []),
  ]
  return { elements: all.slice(start, end), paging: { start, count, total: all.length, links } }
}

/** One page. `links` holds the way to the next one; the last page has none. */
export const pageOf = <T>(all: readonly T[], start: number, count: number, href: Href): Window<T> =>
  slice(all, start, count, windowOf(all.length, count), href)

/** One page that is as long as was asked for. */
export const plainPage = <T>(all: readonly T[], start: number, count: number, href: Href): Window<T> =>
  slice(all, start, count, count, href)
