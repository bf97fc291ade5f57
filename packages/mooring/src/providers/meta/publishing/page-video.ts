/**
 * Videos of a Page. To the feed in parts that Facebook cuts (start, transfer, finish); reels and video stories in one piece to
 * another host (start, upload, finish). What ends it publishes; then Facebook is asked until there is a post of it.
 * Sources: "Video API", "Reels publishing" (2026-07-30), mixpost.
 */
import { text } from '../../../provider.ts'
import type { Outcome, PostContent, PostMedia, Progress, PublishAs, Step } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { anew, asText, at, type Call, get, isElsewhere, undoing } from './calls.ts'
import { isOfFiles, judge } from './judging.ts'
import { inOnePiece, inParts, offsetsOf } from './page-upload.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A long video is not ready in ten minutes; undefined: it is given up. */
const pauseAfter = (ms: number): number | undefined =>
  ms < 10 * MINUTE ? 5000 : ms < HOUR ? MINUTE : ms < 24 * HOUR ? 10 * MINUTE : undefined
/** After so long a video whose post is known is left to Facebook: it is published, and only its address is not known. */
const NAMED_MS = 10 * MINUTE
/** The post of a video that is ready is named a little later, mostly. */
const UNNAMED_MS = MINUTE
/** What a video was uploaded as: of no use where Facebook cannot read it. */
const UPLOAD = {
  ...{ session: null, video: null, from: null, to: null, sent: null },
  ...{ finished: null, since: null, ready: null, broken: null, post: null, url: null },
}

export function videoNext(
  content: PostContent,
  media: PostMedia,
  as: PublishAs,
  progress: Progress,
  now: number,
): Step | undefined {
  if (progress.finished !== true) {
    const step =
      content.format === 'feed' ? inParts(content, media, as, progress) : inOnePiece(content, media, as, progress)
    return undoing(step, judge, now, (fault, answer) => {
      const wanted = step.create ? undefined : offsetsOf(answer.body, 'error', 'error_data')
      if (wanted) return { ...fault, learnt: wanted }
      return (step.create ? isOfFiles(fault) : !isElsewhere(fault)) ? anew(fault, UPLOAD, progress, 'upload') : fault
    })
  }
  if (progress.broken === true) return { do: 'fail', fault: UNREADABLE }
  return progress.shown === undefined ? lookAt(as, progress, now) : undefined
}

/** "uploading, upload_complete, upload_failed, processing, ready, expired, error": of these no post becomes. */
const BROKEN = ['error', 'upload_failed', 'expired']

export const isBroken = (body: unknown): boolean =>
  BROKEN.includes(text(body, 'status', 'video_status') ?? '') || phaseOf(body) === 'error'

/** Taken is not shown yet: the post comes with the video's end. Only a video whose post is known is published without more being told. */
function lookAt({ settings }: PublishAs, progress: Progress, now: number): Call {
  const video = asText(progress.video) ?? ''
  const since = Number(progress.since ?? now)
  const giveUp = { shown: true }
  const isNamed = asText(progress.post) !== undefined
  const call: Call = {
    do: 'call',
    name: 'Is the video ready?',
    endpoint: at('GET', 'video'),
    request: get(graph(settings, `${video}?fields=status,post_id,permalink_url`)),
    read: ({ body }): Outcome => {
      const status = text(body, 'status', 'video_status')
      if (isBroken(body)) return { learnt: { broken: true } }
      const told = placeOf(body)
      const isShown = status === 'ready' && phaseOf(body) !== 'not_started'
      const ready = Number(progress.ready ?? now)
      const isTold = isNamed || told.post !== undefined || now - ready >= UNNAMED_MS
      if ((isShown && isTold) || (status === undefined && told.post)) return { learnt: { shown: true, ...told } }
      if (isNamed && now - since >= NAMED_MS) return { learnt: { ...giveUp, ...told } }
      const wait = pauseAfter(now - since)
      return wait === undefined
        ? { fault: { class: 'media', ...DOUBT } }
        : { wait, learnt: { since, ...(isShown ? { ready } : {}) } }
    },
    ...(isNamed || typeof progress.ready === 'number' ? { otherwise: giveUp } : { doubt: DOUBT }),
    assume: giveUp,
  }
  return undoing(call, judge, now, (fault) => ({ againAfterMs: MINUTE, ...fault }))
}

const DOUBT = {
  message:
    'Facebook took the video, and does not say what became of it. Look at the Page, then say whether it is live.',
  learnt: UPLOAD,
}

const UNREADABLE = {
  class: 'media',
  code: 'error',
  message: 'Facebook could not make this video ready. Save it anew as MP4 with H.264 and AAC, and send it again.',
  learnt: UPLOAD,
} as const

/** Ready is not published yet: of that its last phase tells, where it is told ("Reels publishing": `not_started`, `complete`). */
export const phaseOf = (body: unknown): string | undefined => text(body, 'status', 'publishing_phase', 'status')

/** Where a video is, as its own node tells. */
export function placeOf(body: unknown): { post?: string; url?: string } {
  const post = text(body, 'post_id')
  const url = text(body, 'permalink_url')
  return { ...(post === undefined ? {} : { post }), ...(url === undefined ? {} : { url: absolute(url) }) }
}

/** Facebook gives a path. */
const absolute = (url: string): string => (url.startsWith('/') ? `https://www.facebook.com${url}` : url)
