/** `POST /{page}/videos` with `upload_phase`: start, transfer, finish. The offsets are the platform's to tell. */
import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { badParameter, graphError } from '../../graph/errors.ts'
import { newUpload } from '../../graph/media/upload.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Caller } from '../api/gate.ts'
import type { Page } from '../people/pages.ts'
import { nextNumber, type Video } from '../posts/book.ts'
import { judgeMessage } from '../posts/feed.ts'
import { fileIn } from '../posts/photos.ts'
import { pageRefused } from '../posts/refusals.ts'
import type { When } from '../posts/when.ts'
import type { World } from '../world.ts'
import { finish, stateOf } from './finish.ts'
import { addVideo, LARGEST_VIDEO, process } from './video.ts'

type Phase = (world: World, caller: Caller, ask: Ask, page: Page, when: When) => Answer

/** What comes next: as text, and both the same at the end. */
function offsets({ state }: World, video: Video) {
  const at = video.readyAt !== null ? (video.size ?? 0) : (state.pages.uploads.get(video.id)?.reader.size ?? 0)
  const end = Math.min(video.size ?? 0, at + state.settings.chunkBytes)
  return { start_offset: String(at), end_offset: String(end) }
}

/** Which bytes should come instead (developers.facebook.com, "Video uploads"; restfb/restfb 328). */
function wrongOffset(world: World, video: Video): Answer {
  const { start_offset, end_offset } = offsets(world, video)
  return graphError(400, {
    message: 'There was a problem uploading your video. Please try uploading it again.',
    ...{ code: 6001, subcode: 1363037, transient: true },
    data: { start_offset: Number(start_offset), end_offset: Number(end_offset) },
  })
}

const start: Phase = (world, caller, _ask, page) => {
  const { state, clock } = world
  const told = field(caller.params, 'file_size')
  if (told === undefined) return badParameter('Missing parameter: file_size')
  const size = Number(told)
  if (!/^\d{1,15}$/.test(told) || size < 1 || size > LARGEST_VIDEO) return badParameter('Param file_size is invalid')
  const session = nextNumber(state.pages, 'session')
  const video = addVideo(state, {
    ...{ page: page.id, clientId: caller.app.clientId, kind: 'video', createdAt: clock.now(), size, session },
  })
  state.pages.uploads.set(video.id, newUpload())
  return json(200, { video_id: video.id, upload_session_id: session, ...offsets(world, video) })
}

function sessionIn({ state }: World, { params }: Caller, page: Page): Video | Answer {
  const session = field(params, 'upload_session_id')
  if (session === undefined) return badParameter('Missing parameter: upload_session_id')
  const video = [...state.pages.videos.values()].find((one) => one.session === session && one.page === page.id)
  // A session is over when its video is finished.
  return video && !video.deleted && video.state === null ? video : badParameter('Invalid upload_session_id')
}

const transfer: Phase = (world, caller, ask, page) => {
  const { state, clock } = world
  const video = sessionIn(world, caller, page)
  if (isAnswer(video)) return video
  const bytes = fileIn(ask, ['video_file_chunk'])
  if (!bytes) return badParameter('Missing parameter: video_file_chunk')
  const { uploads } = state.pages
  // Of one that was begun before a restart nothing is left.
  const upload = uploads.get(video.id) ?? newUpload()
  uploads.set(video.id, upload)
  const { start_offset, end_offset } = offsets(world, video)
  const room = Number(end_offset) - Number(start_offset)
  if (field(caller.params, 'start_offset') !== start_offset || bytes.length > room || bytes.length === 0)
    return wrongOffset(world, video)
  upload.reader.push(bytes)
  if (upload.reader.size === video.size) {
    uploads.delete(video.id)
    process(state, video, upload.reader.end().file, clock.now())
  }
  return json(200, offsets(world, video))
}

const end: Phase = (world, caller, _ask, page, when) => {
  const { state, clock } = world
  const { params } = caller
  const video = sessionIn(world, caller, page)
  if (isAnswer(video)) return video
  if (video.readyAt === null) return pageRefused(1363130)
  const description = field(params, 'description') ?? ''
  const wrong = judgeMessage(description)
  if (wrong) return wrong
  Object.assign(video, { description, title: field(params, 'title') ?? '' })
  finish(state.pages, video, stateOf(when), when, clock.now())
  return json(200, { success: true })
}

const cancel: Phase = (world, caller, _ask, page) => {
  const video = sessionIn(world, caller, page)
  if (isAnswer(video)) return video
  video.deleted = true
  world.state.pages.uploads.delete(video.id)
  return json(200, { success: true })
}

export const chunked = { start, transfer, finish: end, cancel } as const satisfies Record<string, Phase>
