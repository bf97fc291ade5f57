/** One part of a multipart body (RFC 7578). */
export interface Part {
  name: string
  /** Given for files alone. */
  filename: string | undefined
  bytes: Buffer
}

const named = (head: string, what: string): string | undefined =>
  new RegExp(`;\\s*${what}="([^"]*)"`, 'i').exec(head)?.[1]

/** The parts in their order; undefined where the body is not whole. */
export function multipart(type: string, given: Uint8Array): Part[] | undefined {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return undefined
  // The first mark need not follow a line, all others do.
  const body = Buffer.concat([Buffer.from('\r\n'), given])
  const between = Buffer.from(`\r\n--${mark}`)
  const parts: Part[] = []
  for (let at = body.indexOf(between); at >= 0; ) {
    const from = at + between.length
    if (body.toString('latin1', from, from + 2) === '--') return parts
    const next = body.indexOf(between, from)
    const headEnd = body.indexOf('\r\n\r\n', from)
    if (next < 0 || headEnd < 0 || headEnd > next) return undefined
    const head = body.toString('utf8', from, headEnd)
    const name = named(head, 'name')
    if (name === undefined) return undefined
    parts.push({ name, filename: named(head, 'filename'), bytes: body.subarray(headEnd + 4, next) })
    at = next
  }
  return undefined
}
