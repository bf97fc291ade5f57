import { type Answer, field } from '../../core/ask.ts'
import { badParameter } from '../../graph/errors.ts'
import { judgeAddress } from '../../graph/media/fetch.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Resource } from '../api/gate.ts'
import type { State } from '../state.ts'
import { actingPage, pageIdIn } from './as-page.ts'
import { attachedPhotos } from './attached.ts'
import { addPost, type Post } from './book.ts'
import { answerPost } from './nodes.ts'
import { pageRefused } from './refusals.ts'
import { isUnpublished, readWhen } from './when.ts'

/** In characters, as clients count them. */
export const LONGEST_MESSAGE = 63_206

export const judgeMessage = (message: string): Answer | undefined =>
  [...message].length > LONGEST_MESSAGE
    ? badParameter(`Param message must be no more than ${LONGEST_MESSAGE} characters in length`)
    : undefined

function judgeLink(link: string): Answer | undefined {
  const url = judgeAddress(link)
  if (!url) return pageRefused(2061006)
  return /(^|\.)facebook\.com$/i.test(url.hostname) ? pageRefused(1609008) : undefined
}

const DAY_MS = 24 * 3600_000

/** Facebook compares the words and the link of a status with what was posted before. Photos make another post of it. */
function isDuplicate(
  { pages, settings }: State,
  page: string,
  wish: Pick<Post, 'message' | 'link'>,
  now: number,
): boolean {
  if (settings.duplicates === 'off') return false
  const before = [...pages.posts.values()].filter(
    (one) => one.page === page && !one.deleted && one.at !== null && one.at <= now && one.kind === 'post',
  )
  const compared =
    settings.duplicates === 'last' ? before.slice(-1) : before.filter(({ at }) => (at ?? 0) > now - DAY_MS)
  return compared.some(
    ({ message, link, photos }) => photos.length === 0 && message === wish.message && link === wish.link,
  )
}

/** `POST /{page}/feed`. */
export const postToFeed: Resource = (world, caller, ask) => {
  const { state, clock } = world
  const { params } = caller
  const now = clock.now()
  const page = actingPage(world.state, caller, pageIdIn(caller, ask), 'post', { unpublished: isUnpublished(params) })
  if (isAnswer(page)) return page
  const message = field(params, 'message') ?? ''
  const link = field(params, 'link') ?? null
  const wrong = judgeMessage(message) ?? (link === null ? undefined : judgeLink(link))
  if (wrong) return wrong
  const photos = attachedPhotos(state.pages, page.id, params, state.settings.mostAttached)
  if (isAnswer(photos)) return photos
  if (message === '' && link === null && photos.length === 0) return badParameter('Missing message or attachment')
  const when = readWhen(params, now, state.settings.scheduleDays)
  if (isAnswer(when)) return when
  const said = photos.length === 0 && when.at === now
  if (said && isDuplicate(state, page.id, { message, link }, now)) return pageRefused(1455006)
  const post = addPost(state.pages, {
    ...{ page: page.id, clientId: caller.app.clientId, kind: 'post', message, link, createdAt: now, ...when },
    photos: photos.map(({ id }) => id),
  })
  return answerPost(world, post, params)
}
