/**
 * Videos of a Page. To the feed in parts that Facebook cuts (start, transfer, finish); reels and video stories in one piece to
 * another host (start, upload, finish). What ends it publishes; then Facebook is asked until there is a post of it.
 * Sources: "Video API", "Reels publishing" (2026-07-30), mixpost.
 */
import { need, number, text } from '../../../provider.ts'
import type { Outcome, PostContent, PostMedia, Progress, PublishAs, Step } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { asText, at, type Call, form, formWithFile, get, said } from './calls.ts'

export const UPLOADS = 'https://rupload.facebook.com'
const LOOK_MS = 5000
/** After so many looks the video is left to Facebook: it is published, and only its address is not known. */
const MOST_LOOKS = 120

export function videoNext(
  content: PostContent,
  media: PostMedia,
  as: PublishAs,
  progress: Progress,
  _now: number,
): Step | undefined {
  const upload =
    content.format === 'feed' ? inParts(content, media, as, progress) : inOnePiece(content, media, as, progress)
  return upload ?? (progress.shown === undefined && content.format !== 'story' ? lookAt(as, progress) : undefined)
}

const videos = ({ account, settings }: PublishAs, edge: string): string => graph(settings, `${account.subject}/${edge}`)

function inParts(content: PostContent, media: PostMedia, as: PublishAs, progress: Progress): Call | undefined {
  if (progress.finished !== undefined) return undefined
  const url = videos(as, 'videos')
  const session = asText(progress.session)
  const endpoint = at('POST', 'videos')
  if (session === undefined)
    return {
      do: 'call',
      name: 'Ask to upload the video',
      endpoint,
      request: form(url, { upload_phase: 'start', file_size: String(media.bytes) }),
      read: ({ body }) => ({
        learnt: {
          session: need(text(body, 'upload_session_id'), 'Facebook', 'upload_session_id'),
          video: need(text(body, 'video_id'), 'Facebook', 'video_id'),
          from: offset(body, 'start_offset') ?? 0,
          to: offset(body, 'end_offset') ?? media.bytes,
        },
      }),
      assume: { session: '<session>', video: '<video>', from: 0, to: media.bytes },
    }
  const from = Number(progress.from)
  const to = Number(progress.to)
  if (from < to && from < media.bytes) {
    const fields = { upload_phase: 'transfer', upload_session_id: session, start_offset: String(from) }
    const { id, fileName, mime } = media
    return {
      do: 'call',
      name: `Upload the video from byte ${from}`,
      endpoint,
      request: formWithFile(url, fields, 'video_file_chunk', {
        id,
        fileName,
        mime,
        from,
        to: Math.min(to, media.bytes),
      }),
      read: ({ body }) => ({
        learnt: { from: offset(body, 'start_offset') ?? to, to: offset(body, 'end_offset') ?? media.bytes },
      }),
      assume: { from: to, to },
    }
  }
  return {
    do: 'call',
    name: 'Publish the video',
    endpoint,
    request: form(url, {
      upload_phase: 'finish',
      upload_session_id: session,
      description: said(content.text),
      title: media.title,
    }),
    create: { part: 'post' },
    read: () => ({ learnt: { finished: true } }),
    assume: { finished: true },
  }
}

/** Offsets come as numbers or as their digits. */
const offset = (body: unknown, name: string): number | undefined => {
  const value = number(body, name) ?? Number(text(body, name))
  return Number.isSafeInteger(value) ? value : undefined
}

function inOnePiece(content: PostContent, media: PostMedia, as: PublishAs, progress: Progress): Call | undefined {
  if (progress.finished !== undefined) return undefined
  const edge = content.format === 'reel' ? 'video_reels' : 'video_stories'
  const endpoint = at('POST', edge)
  const video = asText(progress.video)
  const to = asText(progress.to)
  if (video === undefined || to === undefined)
    return {
      do: 'call',
      name: 'Ask to upload the video',
      endpoint,
      request: form(videos(as, edge), { upload_phase: 'start' }),
      read: ({ body }) => ({
        learnt: {
          video: need(text(body, 'video_id'), 'Facebook', 'video_id'),
          to: need(text(body, 'upload_url'), 'Facebook', 'upload_url'),
        },
      }),
      assume: { video: '<video>', to: `${UPLOADS}/video-upload/<video>` },
    }
  if (progress.sent === undefined)
    return {
      do: 'call',
      name: 'Upload the video',
      endpoint: at('POST', 'video-upload'),
      request: {
        method: 'POST',
        url: to,
        headers: { offset: '0', file_size: String(media.bytes) },
        authorization: 'OAuth',
        body: { bytes: { media: media.id } },
      },
      read: () => ({ learnt: { sent: true } }),
      assume: { sent: true },
    }
  return {
    do: 'call',
    name: content.format === 'reel' ? 'Publish the reel' : 'Publish the story',
    endpoint,
    request: form(videos(as, edge), {
      upload_phase: 'finish',
      video_id: video,
      ...(content.format === 'reel'
        ? { video_state: 'PUBLISHED', description: said(content.text), title: media.title }
        : {}),
    }),
    create: { part: 'post' },
    read: ({ body }) => {
      const post = text(body, 'post_id')
      return { learnt: { finished: true, ...(post === undefined ? {} : { post }) } }
    },
    assume: { finished: true },
  }
}

/** Taken is not shown yet: the post comes with the video's end. What is not told is left out in the end, for it is published. */
function lookAt({ settings }: PublishAs, progress: Progress): Call {
  const video = asText(progress.video) ?? ''
  const looks = Number(progress.looks ?? 0)
  const giveUp = { shown: true }
  return {
    do: 'call',
    name: 'Is the video ready?',
    endpoint: at('GET', 'video'),
    request: get(graph(settings, `${video}?fields=status,post_id,permalink_url`)),
    read: ({ body }): Outcome => {
      const status = text(body, 'status', 'video_status')
      if (status === 'error')
        return {
          fault: {
            class: 'media',
            message:
              'Facebook could not make this video ready. Save it anew as MP4 with H.264 and AAC, and send it again.',
          },
        }
      const post = text(body, 'post_id')
      const url = text(body, 'permalink_url')
      const told = { ...(post ? { post } : {}), ...(url ? { url: absolute(url) } : {}) }
      if (status === 'ready' || (status === undefined && post)) return { learnt: { shown: true, ...told } }
      return looks >= MOST_LOOKS ? { learnt: { ...giveUp, ...told } } : { wait: LOOK_MS, learnt: { looks: looks + 1 } }
    },
    otherwise: giveUp,
    assume: giveUp,
  }
}

/** Facebook gives a path. */
const absolute = (url: string): string => (url.startsWith('/') ? `https://www.facebook.com${url}` : url)
