import { type Failure, kindOf, type Media } from '../media/media.ts'
import { movieFacts } from '../media/movie-facts.ts'
import { type PictureFacts, pictureOf } from '../media/picture-of.ts'
import type { Pieces } from './pieces.ts'

/** As the platform's documentation had it, and as an issue quotes it (tweetinvi 597). */
export const UNSUPPORTED: Failure = { code: 1, name: 'InvalidMedia', message: 'Unsupported video format' }

type Facts = Pick<Media, 'width' | 'height' | 'durationMs' | 'framesPerSecond' | 'frames'>

/** Of what is not looked into. */
export const NOTHING: Facts = { width: null, height: null, durationMs: null, framesPerSecond: null, frames: null }

/** What a file turned out to be. */
export interface Finding {
  type: string
  facts: Facts
  failure: Failure | null
}

/** JPEG has two names. */
const isDeclared = (type: string, picture: PictureFacts): boolean => type.replace('pjpeg', 'jpeg') === picture.type

/** Undefined for what is no picture, or another than it was said to be. */
export function judgePicture(bytes: Uint8Array, type: string | undefined): Finding | undefined {
  const picture = pictureOf(bytes)
  if (!picture || (type !== undefined && !isDeclared(type, picture))) return undefined
  const { width, height, frames } = picture
  return { type: picture.type, facts: { ...NOTHING, width, height, frames }, failure: null }
}

/** An MPEG transport stream is believed: its facts lie all over the file. WebM is never H.264. */
function judgeVideo(moov: Buffer | undefined, type: string): Finding {
  if (type === 'video/mp2t') return { type, facts: NOTHING, failure: null }
  const { codec, ...facts } = movieFacts(moov) ?? { codec: '' }
  return { type, facts: { ...NOTHING, ...facts }, failure: /^avc[13]$/.test(codec) ? null : UNSUPPORTED }
}

/** Undefined where X refuses the file at once. GIFs and videos are found out later (X's own command line, xurl). */
export function judgePieces({ declared, bytes, moov }: Pieces): Finding | undefined {
  const { type } = declared
  switch (kindOf(declared.category)) {
    case 'video':
      return judgeVideo(moov.found, type)
    case 'gif':
      return judgePicture(bytes, type) ?? { type, facts: NOTHING, failure: UNSUPPORTED }
    case 'image':
      return judgePicture(bytes, type)
    default:
      return { type, facts: NOTHING, failure: null }
  }
}
