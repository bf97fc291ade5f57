import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { badParameter, graphError } from '../../graph/errors.ts'
import type { MediaFile } from '../../graph/media/facts.ts'
import { fetchMedia } from '../../graph/media/fetch.ts'
import { readBytes } from '../../graph/media/reader.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Caller, Resource } from '../api/gate.ts'
import type { Page } from '../people/pages.ts'
import { actingPage, pageIdIn } from '../posts/as-page.ts'
import { judgeMessage } from '../posts/feed.ts'
import { fileIn } from '../posts/photos.ts'
import { pageRefused } from '../posts/refusals.ts'
import { isUnpublished, readWhen, type When } from '../posts/when.ts'
import type { World } from '../world.ts'
import { chunked } from './chunks.ts'
import { finish, stateOf } from './finish.ts'
import { addVideo, LARGEST_VIDEO, process } from './video.ts'

async function fileOf({ state }: World, ask: Ask, params: URLSearchParams): Promise<MediaFile | Answer> {
  const bytes = fileIn(ask, ['source', 'file'])
  if (bytes) return taken(readBytes(bytes).file)
  const url = field(params, 'file_url')
  if (url === undefined) return graphError(400, { message: '(#100) No video file was provided', code: 100 })
  const read = await fetchMedia(url, { most: LARGEST_VIDEO, timeoutMs: state.settings.fetchMs })
  return typeof read === 'string' ? pageRefused(389) : taken(read.file)
}

const taken = (file: MediaFile): MediaFile | Answer => (file.facts.kind === 'video' ? file : pageRefused(1363024))

async function whole(world: World, caller: Caller, ask: Ask, page: Page, when: When): Promise<Answer> {
  const { state, clock } = world
  const { params, app } = caller
  const description = field(params, 'description') ?? ''
  const wrong = judgeMessage(description)
  if (wrong) return wrong
  const file = await fileOf(world, ask, params)
  if (isAnswer(file)) return file
  const now = clock.now()
  const video = addVideo(state, {
    ...{ page: page.id, clientId: app.clientId, kind: 'video', createdAt: now, size: file.size },
    ...{ description, title: field(params, 'title') ?? '' },
  })
  process(state, video, file, now)
  finish(state.pages, video, stateOf(when), when.scheduled ? when : { ...when, at: when.at === null ? null : now }, now)
  return json(200, { id: video.id })
}

/** `POST /{page}/videos`: by address, by file, or in chunks. */
export const postVideo: Resource = (world, caller, ask) => {
  const { params } = caller
  const page = actingPage(world.state, caller, pageIdIn(caller, ask), 'post', { unpublished: isUnpublished(params) })
  if (isAnswer(page)) return page
  const when = readWhen(params, world.clock.now(), world.state.settings.scheduleDays)
  if (isAnswer(when)) return when
  const phase = field(params, 'upload_phase')
  if (phase === undefined) return whole(world, caller, ask, page, when)
  const judge = Object.hasOwn(chunked, phase) ? chunked[phase as keyof typeof chunked] : undefined
  return judge
    ? judge(world, caller, ask, page, when)
    : badParameter('Param upload_phase must be one of {CANCEL, FINISH, START, TRANSFER}')
}
