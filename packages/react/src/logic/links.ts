/** Addresses in what somebody writes. Pure. */

/** What ends a sentence or a bracket is no part of the address before it. */
const ADDRESS = /https?:\/\/[^\s<>"]+/gi
const TRAILING = /[.,;:!?…'’”»)\]}]+$/u

export interface Found {
  from: number
  to: number
  url: string
}

export function addressesIn(text: string): Found[] {
  return [...text.matchAll(ADDRESS)].flatMap(({ 0: whole, index }) => {
    const url = closed(whole)
    // Only a scheme, so far: somebody is still typing.
    return /^https?:\/\/[^/?#]+\.[^/?#.]+/i.test(url) ? [{ from: index, to: index + url.length, url }] : []
  })
}

/** A bracket that the address opened belongs to it: `…/Rome_(city)`. */
function closed(whole: string): string {
  let url = whole.replace(TRAILING, '')
  for (const end of whole.slice(url.length)) {
    const opens = { ')': '(', ']': '[', '}': '{' }[end]
    if (opens === undefined || count(url, opens) <= count(url, end)) break
    url += end
  }
  return url
}

const count = (text: string, letter: string) => text.split(letter).length - 1

export const firstAddress = (text: string): string | undefined => addressesIn(text)[0]?.url

/** "northwind.example": as it stands on a link's card. */
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '')
  } catch {
    return url
  }
}
