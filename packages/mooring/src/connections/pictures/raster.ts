/** What kind of picture some bytes are, by how they begin. Pictures that can hold a script (SVG) are none here. Pure. */

const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1')

/** Signatures: WHATWG, "MIME Sniffing", matching an image type pattern; AVIF: its specification, "Brands". */
export function rasterType(bytes: Uint8Array): string | undefined {
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (text(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  if (/^GIF8[79]a$/.test(text(bytes, 0, 6))) return 'image/gif'
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 14) === 'WEBPVP') return 'image/webp'
  if (text(bytes, 4, 12) === 'ftypavif') return 'image/avif'
  return undefined
}

/** What a platform calls raster. It must say so itself, beside the bytes. */
export const isRasterType = (contentType: string | null): boolean =>
  /^image\/(?:png|jpe?g|gif|webp|avif)\s*(?:;|$)/i.test(contentType ?? '')
