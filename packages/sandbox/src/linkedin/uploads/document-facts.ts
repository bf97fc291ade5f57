/** PDF by its mark, DOC and PPT by that of a compound file, DOCX and PPTX by that of a ZIP. */
const MARKS: readonly (readonly [hex: string, type: string])[] = [
  ['25504446', 'application/pdf'],
  ['d0cf11e0', 'application/msword'],
  ['504b0304', 'application/vnd.openxmlformats-officedocument'],
]

export interface DocumentFacts {
  type: string
  /** As far as it can be seen without unpacking: 1 where it cannot. */
  pages: number
}

/** ISO 32000: the root of the page tree has the number of all pages, the greatest `/Count`. */
function pagesOf(bytes: Buffer): number {
  const counts = [...bytes.toString('latin1').matchAll(/\/Count\s+(\d{1,7})/g)].map(([, n]) => Number(n))
  return Math.max(1, ...counts)
}

/** Undefined for what is no document that LinkedIn takes. */
export function documentFacts(given: Uint8Array): DocumentFacts | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  const type = MARKS.find(([mark]) => bytes.subarray(0, 4).toString('hex') === mark)?.[1]
  if (type === undefined) return undefined
  return { type, pages: type === 'application/pdf' ? pagesOf(bytes) : 1 }
}
