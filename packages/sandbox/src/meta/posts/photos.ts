import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { multipart } from '../../core/multipart.ts'
import { graphError } from '../../graph/errors.ts'
import { type MediaFile, mimeOf } from '../../graph/media/facts.ts'
import { fetchMedia } from '../../graph/media/fetch.ts'
import { type ReadMedia, readBytes } from '../../graph/media/reader.ts'
import { shelve } from '../../graph/media/shelf.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Resource } from '../api/gate.ts'
import type { World } from '../world.ts'
import { actingPage, pageIdIn } from './as-page.ts'
import { addPost, nextNumber, type Photo } from './book.ts'
import { judgeMessage } from './feed.ts'
import { pageRefused } from './refusals.ts'
import { isUnpublished, readWhen } from './when.ts'

/** Smaller than 4 MB (gitroomhq/postiz-app). */
export const LARGEST_PHOTO = 4 * 1024 * 1024

/** A file that came in a form, under any of these names. */
export function fileIn(ask: Ask, names: readonly string[]): Uint8Array | undefined {
  const type = ask.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) return undefined
  return multipart(type, ask.body)?.find((part) => part.filename !== undefined && names.includes(part.name))?.bytes
}

const isTaken = ({ size, facts }: MediaFile): boolean =>
  size < LARGEST_PHOTO && facts.kind === 'image' && (facts.format === 'jpg' || facts.format === 'png')

/** From an address that the sandbox fetches itself. */
export async function fetchPhoto({ state }: World, url: string): Promise<ReadMedia | Answer> {
  const read = await fetchMedia(url, { most: LARGEST_PHOTO, timeoutMs: state.settings.fetchMs })
  if (read === 'too-large') return pageRefused(1366046)
  if (typeof read === 'string') return pageRefused(2069019)
  return isTaken(read.file) ? read : pageRefused(1366046)
}

async function photoOf(world: World, ask: Ask, params: URLSearchParams): Promise<ReadMedia | Answer> {
  const bytes = fileIn(ask, ['source', 'file'])
  if (bytes) {
    const read = readBytes(bytes)
    return isTaken(read.file) ? read : pageRefused(1366046)
  }
  const url = field(params, 'url')
  return url === undefined
    ? graphError(400, { message: '(#324) Requires upload file', code: 324 })
    : fetchPhoto(world, url)
}

/** `POST /{page}/photos`: posted at once, scheduled, or staged for a post that comes later. */
export const postPhoto: Resource = async (world, caller, ask) => {
  const { state, clock } = world
  const { params, app } = caller
  const page = actingPage(world.state, caller, pageIdIn(caller, ask), 'post', { unpublished: isUnpublished(params) })
  if (isAnswer(page)) return page
  const caption = field(params, 'message') ?? field(params, 'caption') ?? ''
  const when = readWhen(params, clock.now(), state.settings.scheduleDays)
  if (isAnswer(when)) return when
  const wrong = judgeMessage(caption)
  if (wrong) return wrong
  const read = await photoOf(world, ask, params)
  if (isAnswer(read)) return read
  const now = clock.now()
  const { pages } = state
  const photo: Photo = {
    ...{ id: nextNumber(pages, 'photo'), page: page.id, clientId: app.clientId, caption, file: read.file },
    ...{ alt: field(params, 'alt_text_custom') ?? null, createdAt: now, post: null, deleted: false },
  }
  pages.photos.set(photo.id, photo)
  shelve(pages.pictures, read.file.sha256, mimeOf(read.file.facts), read.bytes)
  if (when.at === null) return json(200, { id: photo.id })
  const post = addPost(pages, {
    ...{ page: page.id, clientId: app.clientId, kind: 'post', message: caption, photos: [photo.id] },
    ...{ createdAt: now, at: when.scheduled ? when.at : now, scheduled: when.scheduled },
  })
  return json(200, { id: photo.id, post_id: post.id })
}
