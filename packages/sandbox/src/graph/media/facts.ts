import { imageSize } from 'image-size'
import { z } from 'zod'

/** What a file says of itself. Undefined where it says nothing of it. */
export const factsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('image'),
    /** `jpg`, `png`, `gif`, `webp` and so on. */
    format: z.string(),
    width: z.number(),
    height: z.number(),
  }),
  z.strictObject({
    kind: z.literal('video'),
    /** `mp4` or `mov`. */
    format: z.string(),
    width: z.number(),
    height: z.number(),
    seconds: z.number(),
    /** Pictures a second. */
    rate: z.number(),
    /** As RFC 6381 has them: `avc1.42001e`. */
    codec: z.string(),
    audio: z.strictObject({ codec: z.string(), rate: z.number() }).nullable(),
    /** Its table of contents comes before its pictures. */
    moovFirst: z.boolean(),
  }),
  /** Nothing that is known, or not whole. */
  z.strictObject({ kind: z.literal('other') }),
])

export type Facts = z.output<typeof factsSchema>

export const mediaFileSchema = z.strictObject({
  size: z.number().int().nonnegative(),
  /** Of the bytes as they came, in hex. */
  sha256: z.string(),
  facts: factsSchema,
})

/** A file that came in: all that is kept of it past a restart. */
export type MediaFile = z.output<typeof mediaFileSchema>

export const OTHER: Facts = { kind: 'other' }

const QUICKTIME = 'qt  '
/** Pictures that are boxes, too (ISO/IEC 23008-12). */
const PICTURE_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)$/

/** `mp4` or `mov` by the first box of a file (ISO/IEC 14496-12, section 4.3), from its first 12 bytes. */
export function videoFormat(head: Uint8Array): 'mp4' | 'mov' | undefined {
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1')
  const brand = text.slice(8)
  if (text.slice(4, 8) !== 'ftyp' || PICTURE_BRANDS.test(brand)) return undefined
  return brand === QUICKTIME ? 'mov' : 'mp4'
}

/** Formats with a beginning of their own: others are taken for what they are not. */
const PICTURES = ['jpg', 'png', 'gif', 'webp', 'bmp', 'tiff', 'heif']

export function pictureFacts(bytes: Uint8Array): Facts {
  try {
    const { type = '', width, height } = imageSize(bytes)
    return PICTURES.includes(type) && width > 0 && height > 0 ? { kind: 'image', format: type, width, height } : OTHER
  } catch {
    return OTHER
  }
}

/** A file's type as HTTP names it. */
export const mimeOf = (facts: Facts): string => {
  if (facts.kind === 'other') return 'application/octet-stream'
  if (facts.kind === 'video') return facts.format === 'mov' ? 'video/quicktime' : 'video/mp4'
  return facts.format === 'jpg' ? 'image/jpeg' : `image/${facts.format}`
}
