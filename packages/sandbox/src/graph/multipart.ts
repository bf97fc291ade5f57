import { multipart } from '../core/multipart.ts'

/** The text fields of a multipart body, undefined where it is not whole. Files are passed over. */
export function multipartFields(type: string, body: Uint8Array): URLSearchParams | undefined {
  const parts = multipart(type, body)
  if (!parts) return undefined
  const texts = parts.filter((part) => part.filename === undefined)
  return new URLSearchParams(texts.map(({ name, bytes }) => [name, bytes.toString('utf8')]))
}
