import type { Facts, MediaFile } from '../../graph/media/facts.ts'
import { nextNumber, type PageBook, type Video } from '../posts/book.ts'
import type { State } from '../state.ts'

const MIB = 1024 * 1024
/** What the guide lets one upload be. */
export const LARGEST_VIDEO = 10 * 1024 * MIB

type Shown = Extract<Facts, { kind: 'video' }>
type Failure = NonNullable<Video['failure']>

const cannot = (what: string) =>
  `The video you tried to upload has ${what} that isn't supported on Facebook for this product. Please try uploading a video with a supported`

/** Codes and sentences: developers.facebook.com, "Reels Publishing API". */
const FAILURES = {
  format: { code: 352, message: "The video file you selected is in a format that we don't support." },
  ratio: {
    code: 1363040,
    message:
      "The video you tried to upload has an aspect ratio that isn't supported on Facebook. Aspect ratios for videos need to be between 16x9 and 9x16. Please try uploading a video in a supported aspect ratio.",
  },
  resolution: { code: 1363127, message: `${cannot('resolution')} resolution` },
  duration: { code: 1363128, message: `${cannot('a duration')} duration.` },
  rate: { code: 1363129, message: `${cannot('an average frame rate')} frame rate` },
} as const satisfies Record<string, Failure>

/** Counted from a file, a rate or a length comes out a little above or below. */
const within = (value: number, [least, most]: readonly [number, number], slack: number): boolean =>
  value >= least - slack && value <= most + slack

function upright({ width, height, seconds, rate }: Shown, longest: number): Failure | null {
  if (Math.abs(width / height - 9 / 16) > 0.01) return FAILURES.ratio
  if (width < 540 || height < 960) return FAILURES.resolution
  if (!within(seconds, [3, longest], 0.05)) return FAILURES.duration
  return within(rate, [24, 60], 0.5) ? null : FAILURES.rate
}

/** What comes out while a video is processed. */
export function judgeVideo({ facts }: MediaFile, kind: Video['kind']): Failure | null {
  if (facts.kind !== 'video') return FAILURES.format
  if (kind === 'video') return null
  return upright(facts, kind === 'reel' ? 90 : 60)
}

function toldFailure({ failNext }: PageBook): Failure | null {
  const told = failNext.find((one) => one.times > 0)
  if (!told) return null
  told.times -= 1
  return { code: told.code, message: told.message }
}

export function addVideo(
  { pages }: State,
  fields: Pick<Video, 'page' | 'clientId' | 'kind' | 'createdAt'> & Partial<Video>,
): Video {
  const video: Video = {
    ...{ id: nextNumber(pages, 'video'), title: '', description: '', session: null, size: null, file: null },
    ...{ readyAt: null, failure: null, state: null, finishedAt: null, scheduledAt: null, post: null, deleted: false },
    ...fields,
  }
  pages.videos.set(video.id, video)
  return video
}

/** All of it is there: it is processed from now on. */
export function process({ pages, settings }: State, video: Video, file: MediaFile, now: number): void {
  video.file = file
  video.readyAt = now + settings.pageVideoMs
  video.failure = toldFailure(pages) ?? judgeVideo(file, video.kind)
}
