/** How a video comes to Facebook, up to the call that publishes it. */
import { need, text } from '../../../provider.ts'
import type { PostContent, PostMedia, Progress, PublishAs } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { asText, at, type Call, form, formWithFile, said } from './calls.ts'
import { messageOf } from './page-words.ts'

export const UPLOADS = 'https://rupload.facebook.com'
/** Facebook says how much it wants next; a larger part than this is not held in memory. */
const MOST_PART = 32 * 1024 * 1024

const videos = ({ account, settings }: PublishAs, edge: string): string => graph(settings, `${account.subject}/${edge}`)

export function inParts(content: PostContent, media: PostMedia, as: PublishAs, progress: Progress): Call {
  const url = videos(as, 'videos')
  const session = asText(progress.session)
  const from = Number(progress.from)
  const to = Math.min(Number(progress.to), media.bytes, from + MOST_PART)
  if (session === undefined) return startParts(url, media)
  if (from < to) return transfer(url, media, session, from, to)
  return {
    do: 'call',
    name: 'Publish the video',
    endpoint: at('POST', 'videos finish'),
    request: form(url, {
      upload_phase: 'finish',
      upload_session_id: session,
      description: said(messageOf(content)),
      title: said(media.title),
    }),
    create: { part: 'post' },
    read: () => ({ learnt: { finished: true } }),
    assume: { finished: true },
  }
}

const startParts = (url: string, media: PostMedia): Call => ({
  do: 'call',
  name: 'Ask to upload the video',
  endpoint: at('POST', 'videos'),
  request: form(url, { upload_phase: 'start', file_size: String(media.bytes) }),
  read: ({ body }) => ({
    learnt: {
      session: need(text(body, 'upload_session_id'), 'Facebook', 'upload_session_id'),
      video: need(text(body, 'video_id'), 'Facebook', 'video_id'),
      ...(offsetsOf(body) ?? { from: 0, to: media.bytes }),
    },
  }),
  assume: { session: '<session>', video: '<video>', from: 0, to: media.bytes },
})

function transfer(url: string, media: PostMedia, session: string, from: number, to: number): Call {
  const fields = { upload_phase: 'transfer', upload_session_id: session, start_offset: String(from) }
  const { id, fileName, mime, bytes } = media
  return {
    do: 'call',
    name: `Upload the video from byte ${from}`,
    endpoint: at('POST', 'videos'),
    request: formWithFile(url, fields, 'video_file_chunk', { id, fileName, mime, from, to }),
    read: ({ body }) => ({ learnt: offsetsOf(body) ?? { from: to, to: bytes } }),
    assume: { from: to, to: bytes },
  }
}

/** What Facebook wants next, also where it refuses a part (1363037); as numbers or as their digits. */
export function offsetsOf(body: unknown, ...path: string[]): { from: number; to: number } | undefined {
  const [from, to] = ['start_offset', 'end_offset'].map((name) => Number(text(body, ...path, name)))
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) ? { from: Number(from), to: Number(to) } : undefined
}

export function inOnePiece(content: PostContent, media: PostMedia, as: PublishAs, progress: Progress): Call {
  const isReel = content.format === 'reel'
  const edge = isReel ? 'video_reels' : 'video_stories'
  const video = asText(progress.video)
  const to = asText(progress.to)
  if (video === undefined || to === undefined) return startPiece(videos(as, edge), at('POST', edge))
  if (progress.sent !== true) return sendPiece(to, media)
  const reel = { video_state: 'PUBLISHED', description: said(messageOf(content)), title: said(media.title) }
  return {
    do: 'call',
    name: isReel ? 'Publish the reel' : 'Publish the story',
    endpoint: at('POST', `${edge} finish`),
    request: form(videos(as, edge), { upload_phase: 'finish', video_id: video, ...(isReel ? reel : {}) }),
    create: { part: 'post' },
    read: ({ body }) => {
      const post = text(body, 'post_id')
      return { learnt: { finished: true, ...(post === undefined ? {} : { post }) } }
    },
    assume: { finished: true },
  }
}

const startPiece = (url: string, endpoint: string): Call => ({
  do: 'call',
  name: 'Ask to upload the video',
  endpoint,
  request: form(url, { upload_phase: 'start' }),
  read: ({ body }) => ({
    learnt: {
      video: need(text(body, 'video_id'), 'Facebook', 'video_id'),
      to: need(text(body, 'upload_url'), 'Facebook', 'upload_url'),
    },
  }),
  assume: { video: '<video>', to: `${UPLOADS}/video-upload/<video>` },
})

const sendPiece = (url: string, media: PostMedia): Call => ({
  do: 'call',
  name: 'Upload the video',
  endpoint: at('POST', 'video-upload'),
  request: {
    method: 'POST',
    url,
    headers: { offset: '0', file_size: String(media.bytes) },
    authorization: 'OAuth',
    body: { bytes: { media: media.id } },
  },
  read: () => ({ learnt: { sent: true } }),
  assume: { sent: true },
})
