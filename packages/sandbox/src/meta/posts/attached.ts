import type { Answer } from '../../core/ask.ts'
import { badParameter } from '../../graph/errors.ts'
import { isAnswer } from '../../graph/project.ts'
import type { PageBook, Photo } from './book.ts'
import { pageRefused } from './refusals.ts'

const KEY = /^attached_media\[(\d{1,3})\](\[media_fbid\])?$/

const idOf = (value: unknown): string | undefined => {
  const id = typeof value === 'object' && value !== null ? (value as { media_fbid?: unknown }).media_fbid : undefined
  return (typeof id === 'string' && /^\d+$/.test(id)) || Number.isSafeInteger(id) ? String(id) : undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Ids of `attached_media`: a JSON list, or keys of a form with a number each. Undefined where it cannot be read. */
export function attachedIds(params: URLSearchParams): string[] | undefined {
  const whole = params.get('attached_media')
  if (whole !== null) {
    const list = parsed(whole)
    const ids = Array.isArray(list) ? list.map(idOf) : [undefined]
    return ids.every((id) => id !== undefined) ? ids : undefined
  }
  const numbered = [...params].flatMap(([key, value]) => {
    const [, at, plain] = KEY.exec(key) ?? []
    return at === undefined ? [] : [{ at: Number(at), id: plain ? idOf({ media_fbid: value }) : idOf(parsed(value)) }]
  })
  const ids = numbered.sort((a, b) => a.at - b.at).map(({ id }) => id)
  return ids.every((id) => id !== undefined) ? ids : undefined
}

/** Staged photos of this Page, each once. */
export function attachedPhotos(book: PageBook, page: string, params: URLSearchParams, most: number): Photo[] | Answer {
  const ids = attachedIds(params)
  if (!ids) return badParameter('Param attached_media must be an array of objects with media_fbid.')
  if (ids.length > most) return badParameter(`Param attached_media must have at most ${most} elements.`)
  const photos: Photo[] = []
  for (const id of ids) {
    const photo = stagedPhoto(book, page, id)
    if (isAnswer(photo)) return photo
    if (photos.includes(photo)) return pageRefused(1366051)
    photos.push(photo)
  }
  return photos
}

/** A photo that waits for its post, or why it is none. */
export function stagedPhoto(book: PageBook, page: string, id: string): Photo | Answer {
  const photo = book.photos.get(id)
  if (!photo || photo.page !== page || photo.deleted)
    return badParameter(`Invalid parameter: no photo with id ${id} can be posted by this Page`)
  // One that a deleted post showed can be posted again.
  const shownBy = photo.post === null ? undefined : book.posts.get(photo.post)
  return shownBy && !shownBy.deleted ? pageRefused(1366051) : photo
}
