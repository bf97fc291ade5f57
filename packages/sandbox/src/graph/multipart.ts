/** The text fields of a multipart body (RFC 7578), undefined where it is not whole. Files are passed over. */
export function multipartFields(type: string, body: Uint8Array): URLSearchParams | undefined {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return undefined
  const parts = `\r\n${Buffer.from(body).toString('latin1')}`.split(`\r\n--${mark}`)
  if (parts.length < 2 || !parts.at(-1)?.startsWith('--')) return undefined
  const fields = new URLSearchParams()
  for (const part of parts.slice(1, -1)) {
    const at = part.indexOf('\r\n\r\n')
    const head = Buffer.from(part.slice(0, at), 'latin1').toString('utf8')
    const name = /;\s*name="([^"]*)"/i.exec(head)?.[1]
    if (at < 0 || name === undefined) return undefined
    if (!/;\s*filename=/i.test(head)) fields.append(name, Buffer.from(part.slice(at + 4), 'latin1').toString('utf8'))
  }
  return fields
}
