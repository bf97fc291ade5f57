import { json } from '../../core/answer.ts'
import { type Answer, field } from '../../core/ask.ts'
import { badParameter } from '../../graph/errors.ts'
import { isAnswer } from '../../graph/project.ts'
import { servedBy } from '../../graph/versions.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { RUPLOAD } from '../origins.ts'
import type { Page } from '../people/pages.ts'
import { actingPage, pageIdIn } from '../posts/as-page.ts'
import { stagedPhoto } from '../posts/attached.ts'
import { addPost, type Video } from '../posts/book.ts'
import { judgeMessage } from '../posts/feed.ts'
import { pageRefused } from '../posts/refusals.ts'
import type { World } from '../world.ts'
import { finish, readState, tooManyReels } from './finish.ts'
import { addVideo } from './video.ts'

type Ended = 'reel' | 'story'

function begin({ state, clock }: World, caller: Caller, page: Page, kind: Ended, version: string): Answer {
  const size = field(caller.params, 'file_size')
  const video = addVideo(state, {
    ...{ page: page.id, clientId: caller.app.clientId, kind, createdAt: clock.now() },
    size: size !== undefined && /^\d{1,15}$/.test(size) ? Number(size) : null,
  })
  return json(200, { video_id: video.id, upload_url: `${RUPLOAD}/video-upload/${version}/${video.id}` })
}

function videoIn({ state }: World, { params }: Caller, page: Page, kind: Ended): Video | Answer {
  const id = field(params, 'video_id')
  if (id === undefined) return badParameter('Missing parameter: video_id')
  const video = state.pages.videos.get(id)
  if (!video || video.page !== page.id || video.kind !== kind || video.deleted)
    return badParameter(`Invalid video_id ${id}`)
  return video.readyAt === null ? pageRefused(1363130) : video
}

function end(world: World, caller: Caller, page: Page, kind: Ended): Answer {
  const { state, clock } = world
  const { params } = caller
  const now = clock.now()
  const video = videoIn(world, caller, page, kind)
  if (isAnswer(video)) return video
  const fate: ReturnType<typeof readState> =
    kind === 'story' ? { state: 'PUBLISHED', when: { at: now, scheduled: false } } : readState(params, now)
  if (isAnswer(fate)) return fate
  const description = field(params, 'description') ?? ''
  const wrong = judgeMessage(description)
  if (wrong) return wrong
  // Told once: a second end changes nothing, and publishes nothing.
  if (video.state === null) {
    const full = kind === 'reel' && fate.state === 'PUBLISHED' ? tooManyReels(state, page.id, now) : undefined
    if (full) return full
    Object.assign(video, { description, title: field(params, 'title') ?? '' })
    finish(state.pages, video, fate.state, fate.when, now)
  }
  return json(200, { success: true, ...(kind === 'story' && { post_id: video.post }) })
}

/** `POST /{page}/video_reels` and `/{page}/video_stories`: before the bytes and after them. */
export const phases =
  (kind: Ended): Resource =>
  (world, caller, ask) => {
    const page = actingPage(world.state, caller, pageIdIn(caller, ask), 'post')
    if (isAnswer(page)) return page
    switch (field(caller.params, 'upload_phase')) {
      case 'start':
        return begin(world, caller, page, kind, servedBy(ask.params.version, world.clock.now()))
      case 'finish':
        return end(world, caller, page, kind)
      case undefined:
        return badParameter('Missing parameter: upload_phase')
      default:
        return badParameter('Param upload_phase must be one of {START, FINISH}')
    }
  }

/** `POST /{page}/photo_stories`: of a photo that was staged. */
export const photoStory: Resource = (world, caller, ask) => {
  const { state, clock } = world
  const page = actingPage(world.state, caller, pageIdIn(caller, ask), 'post')
  if (isAnswer(page)) return page
  const id = field(caller.params, 'photo_id')
  if (id === undefined) return badParameter('Missing parameter: photo_id')
  const photo = stagedPhoto(state.pages, page.id, id)
  if (isAnswer(photo)) return photo
  const now = clock.now()
  const made = { page: page.id, clientId: caller.app.clientId, createdAt: now, at: now }
  const post = addPost(state.pages, { ...made, kind: 'story', message: '', photos: [photo.id] })
  return json(200, { success: true, post_id: post.id })
}
