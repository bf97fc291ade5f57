/** Pictures, looked into and made anew: the one importer of sharp, which not every machine has. */
import { MooringError } from '../../error.ts'
import type { Fit } from '../../provider-publishing.ts'
import type { Facts } from './probe.ts'
import type { Source } from './source.ts'
import { createTurns } from './turns.ts'

/** A picture's packed bytes are held in memory while it is looked at. No network takes one of half of this. */
const MOST_BYTES = 64 * 1024 ** 2
/** Unpacked, four bytes each. The largest that any network takes has 36 million. */
const MOST_PIXELS = 100_000_000
/** In this process; each may unpack to hundreds of megabytes. */
const AT_ONCE = 2
/** What is tried, in this order, until a picture is small enough: less exact first, then fewer pixels. */
const TRIES = [
  ...[90, 82, 74, 66, 58].map((quality) => ({ quality, scale: 1 })),
  ...[0.75, 0.56, 0.42, 0.32, 0.24].map((scale) => ({ quality: 74, scale })),
]
const PREVIEW = { side: 640, quality: 75 }

export interface Made {
  mime: string
  bytes: Uint8Array
  width: number
  height: number
}

type Library = typeof import('sharp')['default']
let library: Promise<Library | undefined> | undefined
/** Undefined: it is not installed, or not for this machine. */
function sharpOr(): Promise<Library | undefined> {
  library ??= import('sharp').then(
    ({ default: sharp }) => {
      // What was read once is not read again: a cache would only hold memory.
      sharp.cache(false)
      return sharp
    },
    () => undefined,
  )
  return library
}

/** As it is shown: turned the way the camera was held. Undefined: nobody here can look. Throws `media_refused`, and what sharp throws. */
export async function pictureFacts(source: Source): Promise<Pick<Facts, 'width' | 'height' | 'frames'> | undefined> {
  const sharp = await sharpOr()
  if (!sharp) return undefined
  return inTurn(async () => {
    const { autoOrient, pages = 1 } = await opened(sharp, await whole(source)).metadata()
    return { width: autoOrient.width, height: autoOrient.height, frames: pages }
  })
}

/** In the form that a network takes: upright, without what the camera noted, of the first picture where it moves. Throws as `pictureFacts`. */
export async function fittedTo(source: Source, fit: Fit): Promise<Made> {
  const sharp = await sharpOr()
  if (!sharp)
    throw new MooringError('media_refused', `${fit.why} This server cannot: save it so yourself.`, {
      detail: 'The npm package sharp is not installed here, or has no build for this machine.',
    })
  return inTurn(async () => {
    const bytes = await whole(source)
    const { autoOrient } = await opened(sharp, bytes).metadata()
    const jpeg = fit.mime === 'image/jpeg'
    const most = { width: fit.maxWidth ?? autoOrient.width, height: fit.maxHeight ?? autoOrient.height }
    for (const { quality, scale } of TRIES.filter((one) => jpeg || one.quality === 74)) {
      const width = Math.max(1, Math.floor(most.width * scale))
      const height = Math.max(1, Math.floor(most.height * scale))
      const made = opened(sharp, bytes).autoOrient().resize({ width, height, fit: 'inside', withoutEnlargement: true })
      const { data, info } = await (jpeg
        ? made.flatten({ background: '#fff' }).jpeg({ quality })
        : made.png()
      ).toBuffer({
        resolveWithObject: true,
      })
      if (data.length <= (fit.maxBytes ?? Number.POSITIVE_INFINITY))
        return { mime: fit.mime, bytes: data, width: info.width, height: info.height }
    }
    throw new MooringError('media_refused', 'This picture cannot be made small enough for the network. Use another.')
  })
}

/** Small, to be shown in a list. Undefined: nobody here can make one. Throws as `pictureFacts`. */
export async function previewOf(source: Source): Promise<Made | undefined> {
  const sharp = await sharpOr()
  if (!sharp) return undefined
  return inTurn(async () => {
    const { data, info } = await opened(sharp, await whole(source))
      .autoOrient()
      .resize({ width: PREVIEW.side, height: PREVIEW.side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: PREVIEW.quality })
      .toBuffer({ resolveWithObject: true })
    return { mime: 'image/webp', bytes: data, width: info.width, height: info.height }
  })
}

const opened = (sharp: Library, bytes: Uint8Array) => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })

async function whole(source: Source): Promise<Uint8Array> {
  if (source.size > MOST_BYTES)
    throw new MooringError('media_refused', `This picture is too large. It may have ${MOST_BYTES / 1024 ** 2} MB.`)
  const parts: Uint8Array[] = []
  for await (const part of await source.stream()) parts.push(part)
  return Buffer.concat(parts)
}

const turns = createTurns(AT_ONCE)
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await turns(work)
  } catch (error) {
    if (error instanceof Error && error.message.includes('pixel limit'))
      throw new MooringError('media_refused', 'This picture has more than 100 million pixels. Make it smaller.')
    throw error
  }
}
