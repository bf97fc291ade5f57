/** A form with files, in one piece. Not by FormData, which makes CRLF of each line break of a text: a platform would keep that. */
export type Part = { name: string; value: string } | { name: string; bytes: Uint8Array; mime: string; fileName: string }

/** RFC 7578. `boundary` must be in none of the parts: a random one. */
export function multipart(parts: readonly Part[], boundary: string): { type: string; body: Uint8Array<ArrayBuffer> } {
  const pieces = parts.flatMap((part) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name)}"`
    if ('value' in part) return [Buffer.from(`${head}\r\n\r\n${part.value}\r\n`)]
    const file = `${head}; filename="${quoted(part.fileName)}"\r\nContent-Type: ${part.mime}\r\n\r\n`
    return [Buffer.from(file), part.bytes, Buffer.from('\r\n')]
  })
  const body = new Uint8Array(Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]))
  return { type: `multipart/form-data; boundary=${boundary}`, body }
}

/** As browsers do (HTML, "multipart/form-data encoding algorithm"). */
const quoted = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
