import type { Answer } from '../../core/ask.ts'
import { invalidMedium, mediumForbidden, processingFailed, waitingUpload } from '../uploads/errors.ts'
import { type Medium, type MediumKind, statusOf } from '../uploads/medium.ts'
import type { World } from '../world.ts'
import { type Author, parseUrn, sameAuthor } from './author.ts'
import { tooLong, urnType } from './errors.ts'
import type { PostMedia } from './post.ts'

/** Microsoft Learn: posts-api. */
const ALT_TEXT = 4086

interface Shown {
  id: string
  altText?: string | undefined
  title?: string | undefined
}

/** What a post may show at a place of its body: the old API names every file `digitalmediaAsset`. */
export interface Place {
  path: string
  kinds: readonly MediumKind[]
  asset?: boolean
}

/** A file as a post is to show it: there, of a fitting kind, the author's own, and processed. */
export function mediumForPost(
  world: World,
  author: Author,
  { id, altText, title }: Shown,
  { path, kinds, asset = false }: Place,
): { medium: PostMedia } | { refused: Answer } {
  const [only = 'image', ...more] = kinds
  const type = parseUrn(id)?.type
  const fits = asset ? type === 'digitalmediaAsset' : kinds.some((kind) => kind === type)
  if (!fits) return { refused: more.length === 0 ? invalidMedium(only, path) : urnType(path) }
  const found = world.state.media.get(id)
  if (!found || !kinds.includes(found.kind)) {
    return { refused: invalidMedium(kinds.find((kind) => kind === type) ?? only, path) }
  }
  const refused = judge(found, author, world.clock.now())
  if (refused) return { refused }
  if ((altText ?? '').length > ALT_TEXT) return { refused: tooLong(path.replace(/[^/]+$/, 'altText'), ALT_TEXT) }
  const sha256 = found.file?.sha256 ?? ''
  return { medium: { urn: id, kind: found.kind, alt: altText || null, title: title || null, sha256 } }
}

function judge(medium: Medium, author: Author, now: number): Answer | undefined {
  if (!sameAuthor(medium.owner, author)) return mediumForbidden(medium.kind)
  const status = statusOf(medium, now)
  if (status === 'PROCESSING_FAILED') return processingFailed()
  return status === 'AVAILABLE' ? undefined : waitingUpload()
}
