import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { badParameter } from '../errors.ts'
import { type MediaFile, mimeOf } from '../media/facts.ts'
import { fetchMedia, type Unfetched } from '../media/fetch.ts'
import type { ReadMedia } from '../media/reader.ts'
import { shelve } from '../media/shelf.ts'
import { newUpload } from '../media/upload.ts'
import { isAnswer } from '../project.ts'
import { type Actor, childrenIn, createdSince, nextId, type Stage, toldFailure } from './book.ts'
import { type Container, DAY_MS, statusOf } from './container.ts'
import { refused } from './errors.ts'
import { judgeImage, judgeVideo, LARGEST_IMAGE, largestVideo } from './judge-file.ts'
import { readWish, type Wish } from './wish.ts'

/** `POST /{account}/media`. Fetches the file itself before it answers. */
export async function createContainer(stage: Stage, actor: Actor, params: URLSearchParams): Promise<Answer> {
  const wish = readWish(params, stage.upload !== undefined)
  if (isAnswer(wish)) return wish
  const refusal = judgeChildren(stage, actor, wish) ?? judgeNumber(stage, actor)
  if (refusal) return refusal
  if (wish.cover !== undefined) {
    const cover = await fetchImage(stage, wish.cover, 'STORIES')
    if (isAnswer(cover)) return cover
  }
  if (wish.url === undefined) return made(stage, actor, wish)
  const image = wish.type === 'IMAGE' || (wish.type === 'STORIES' && params.get('video_url') === null)
  const read = await (image ? fetchImage(stage, wish.url, wish.type) : fetchVideo(stage, wish.url, wish.type))
  return isAnswer(read) ? read : made(stage, actor, wish, read)
}

function judgeNumber({ book, settings, now }: Stage, { account }: Actor): Answer | undefined {
  return createdSince(book, account, now - DAY_MS) >= settings.containersPerDay ? refused(2207042) : undefined
}

function judgeChildren({ book, now }: Stage, { account }: Actor, { children }: Wish): Answer | undefined {
  for (const id of children) {
    const child = book.containers.get(id)
    if (!child || child.account !== account) return refused(2207006, id)
    if (!child.item) return badParameter(`The container ${id} is not a carousel item`)
    if (statusOf(child, childrenIn(book), now).status === 'EXPIRED') return refused(2207020)
  }
  return undefined
}

const unfetched = (why: Unfetched, url: string): Answer =>
  why === 'too-slow' ? refused(2207003) : refused(2207052, url)

async function fetchImage({ settings }: Stage, url: string, type: Wish['type']): Promise<ReadMedia | Answer> {
  const read = await fetchMedia(url, { most: LARGEST_IMAGE, timeoutMs: settings.fetchMs })
  if (read === 'too-large') return refused(2207004)
  if (typeof read === 'string') return unfetched(read, url)
  return judgeImage(read.file, type, settings, url) ?? read
}

/** Null: to be told by the container's status, that it could not be downloaded. */
async function fetchVideo({ settings }: Stage, url: string, type: Wish['type']): Promise<ReadMedia | Answer | null> {
  const read = await fetchMedia(url, { most: largestVideo(type), timeoutMs: settings.fetchMs })
  if (typeof read === 'string' && settings.videoFetch === 'later') return null
  if (read === 'too-large') return refused(2207026, 'video')
  if (typeof read === 'string') return unfetched(read, url)
  return read.file.facts.kind === 'image' ? refused(2207052, url) : read
}

/** Subcode of a video that could not be downloaded: in no document, and reported often. */
const DOWNLOAD_FAILED = 2207077

/** `read`: the file; null where it could not be had; undefined where there is none, or not yet. */
function made(stage: Stage, actor: Actor, wish: Wish, read?: ReadMedia | null): Answer {
  const { book, now } = stage
  // Others may have made theirs while this one's file was fetched.
  const full = judgeNumber(stage, actor)
  if (full) return full
  const { url: _url, cover: _cover, resumable, ...wanted } = wish
  const id = nextId(stage, '17')
  const container: Container = {
    ...{ id, account: actor.account, clientId: actor.clientId, createdAt: now },
    ...wanted,
    ...{ file: null, readyAt: null, failure: null, published: null },
  }
  book.containers.set(id, container)
  if (resumable) {
    book.uploads.set(id, newUpload())
    return json(200, { id, uri: stage.upload?.(id) })
  }
  process(stage, container, read)
  return json(200, { id })
}

/** All that is needed is there: from now on it is processed. */
export function process(stage: Stage, container: Container, read: ReadMedia | null | undefined): void {
  const { book, settings, now } = stage
  const file: MediaFile | null = read?.file ?? null
  const video = read === null || (file !== null && file.facts.kind !== 'image')
  const own = !video ? null : file ? judgeVideo(file, container) : DOWNLOAD_FAILED
  container.file = file
  container.readyAt = now + (video ? settings.videoMs : settings.imageMs)
  container.failure = toldFailure(book) ?? own
  if (file) shelve(book.pictures, file.sha256, mimeOf(file.facts), read?.bytes)
}
