/** What Instagram takes of a file (developers.facebook.com, "IG User Media": image, reel and story specifications). */
import type { Answer } from '../../core/ask.ts'
import type { Facts, MediaFile } from '../media/facts.ts'
import type { Container } from './container.ts'
import { refused, type Subcode } from './errors.ts'
import type { PublishSettings } from './settings.ts'

const MIB = 1024 * 1024
export const LARGEST_IMAGE = 8 * MIB
export const largestVideo = (type: Container['type']): number => (type === 'REELS' ? 300 : 100) * MIB

const [TALLEST, WIDEST] = [4 / 5, 1.91]
const [NARROWEST_PX, WIDEST_PX] = [320, 1440]
/** Half a pixel of rounding passes. */
const SLACK = 0.005

/** Formats as Meta spells them: `JPG` is `JPEG`. */
const spelled = (format: string): string => format.toUpperCase().replace(/^JPG$/, 'JPEG')

/** A picture's faults are told when its container is made. */
export function judgeImage(
  { size, facts }: MediaFile,
  type: Container['type'],
  { png, width }: Pick<PublishSettings, 'png' | 'width'>,
  url: string,
): Answer | undefined {
  if (size > LARGEST_IMAGE) return refused(2207004)
  if (facts.kind !== 'image') return refused(2207052, url)
  const taken = facts.format === 'jpg' || (facts.format === 'png' && png === 'accepted')
  if (!taken) return refused(2207005, spelled(facts.format))
  const ratio = facts.width / facts.height
  const fits = ratio >= TALLEST - SLACK && ratio <= WIDEST + SLACK
  const tooWide = facts.width < NARROWEST_PX || facts.width > WIDEST_PX
  // A story may be of any shape.
  if (type === 'STORIES') return undefined
  return fits && !(width === 'refused' && tooWide) ? undefined : refused(2207009, `('${facts.width}/${facts.height}',)`)
}

type Video = Extract<Facts, { kind: 'video' }>

const CODECS = /^(avc1|avc3|hvc1|hev1)/
const SECONDS: Record<'REELS' | 'STORIES' | 'VIDEO', readonly [number, number]> = {
  REELS: [3, 15 * 60],
  STORIES: [3, 60],
  VIDEO: [3, 60],
}
/** Counted from a file, 23.976 and 60 pictures a second come out a little above or below. */
const RATES = [22.9, 60.5] as const

function videoFits({ width, seconds, rate, codec, audio, moovFirst }: Video, type: keyof typeof SECONDS): boolean {
  const [shortest, longest] = SECONDS[type]
  const sounds = !audio || (audio.codec.startsWith('mp4a') && audio.rate <= 48_000)
  const lasts = seconds >= shortest - 0.05 && seconds <= longest + 0.05
  return sounds && lasts && moovFirst && CODECS.test(codec) && width <= 1920 && rate >= RATES[0] && rate <= RATES[1]
}

/** A video's faults come out while it is processed: the subcode that its container ends in. */
export function judgeVideo(
  { size, facts }: MediaFile,
  { type, thumbOffset }: Pick<Container, 'type' | 'thumbOffset'>,
): Subcode | null {
  if (facts.kind !== 'video' || type === 'IMAGE' || type === 'CAROUSEL') return 2207026
  if (size > largestVideo(type) || !videoFits(facts, type)) return 2207026
  return thumbOffset < 0 || thumbOffset >= facts.seconds * 1000 ? 2207057 : null
}
