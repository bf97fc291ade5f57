import type { Field } from '../../graph/fields.ts'
import { project } from '../../graph/project.ts'
import { graphTime } from '../../graph/time.ts'
import { WWW } from '../origins.ts'
import { pageOf } from '../people/pages.ts'
import type { Video } from '../posts/book.ts'
import type { Node } from '../posts/nodes.ts'
import { videoPath } from '../posts/permalinks.ts'
import type { World } from '../world.ts'

/** The three phases (developers.facebook.com, "Reels Publishing API"). `received`: bytes of an upload that goes on. */
export function statusNode(video: Video, received: number, now: number) {
  const { readyAt, failure, state, scheduledAt, file } = video
  const waiting = { status: 'not_started' }
  if (readyAt === null)
    return {
      video_status: 'uploading',
      uploading_phase: { status: received > 0 ? 'in_progress' : 'not_started', bytes_transfered: received },
      processing_phase: waiting,
      publishing_phase: waiting,
    }
  const uploading_phase = { status: 'complete', bytes_transfered: file?.size ?? 0 }
  if (now < readyAt) {
    // A reel whose fate is not told waits after its upload.
    const video_status = state === null ? 'upload_complete' : 'processing'
    return { video_status, uploading_phase, processing_phase: { status: 'in_progress' }, publishing_phase: waiting }
  }
  if (failure !== null) {
    const error = { message: failure.message }
    const processing_phase = { status: 'error', error, errors: [{ ...failure }] }
    return { video_status: 'error', uploading_phase, processing_phase, publishing_phase: waiting }
  }
  const done = { video_status: 'ready', uploading_phase, processing_phase: { status: 'complete' } }
  return { ...done, publishing_phase: publishing(state, Math.max(scheduledAt ?? 0, readyAt), now) }
}

function publishing(state: Video['state'], at: number, now: number) {
  if (state === null) return { status: 'not_started' }
  if (state === 'DRAFT') return { status: 'complete', publish_status: 'draft' }
  const publish_status = now < at ? 'scheduled' : 'published'
  return { status: 'complete', publish_status, publish_time: Math.floor(at / 1000) }
}

export function videoNode({ state, clock }: World, video: Video, asked: readonly Field[]): Node {
  const { pages, settings } = state
  const now = clock.now()
  const post = pages.posts.get(video.post ?? '')
  const facts = video.file?.facts
  const published = post !== undefined && post.at !== null && post.at <= now
  const told = published && post.at !== null && now >= post.at + settings.postIdMs
  const path = videoPath(video)
  return project(
    'Video',
    {
      id: () => video.id,
      status: () => statusNode(video, pages.uploads.get(video.id)?.reader.size ?? 0, now),
      // There is none at first (brightbeanxyz/brightbean-studio).
      post_id: () => (told ? post.id : undefined),
      permalink_url: () => (settings.videoPermalink === 'path' ? path : `${WWW}${path}`),
      title: () => video.title || undefined,
      description: () => video.description || undefined,
      length: () => (facts?.kind === 'video' ? facts.seconds : undefined),
      published: () => published,
      created_time: () => graphTime(video.createdAt),
      updated_time: () => graphTime(video.finishedAt ?? video.createdAt),
      from: () => ({ id: video.page, name: pageOf(video.page)?.name }),
    },
    asked,
    ['updated_time', 'description', 'id'],
  )
}
