import type { Answer } from '../../core/ask.ts'
import { field } from '../../core/ask.ts'
import { badParameter } from '../errors.ts'
import { isAnswer } from '../project.ts'
import type { Container } from './container.ts'
import { refused } from './errors.ts'

type Wanted = 'type' | 'caption' | 'alt' | 'item' | 'children' | 'shareToFeed' | 'collaborators' | 'thumbOffset'

/** What a caller wants a container of, once nothing is wrong with the parameters themselves. */
export interface Wish extends Pick<Container, Wanted> {
  /** What is fetched; undefined for a carousel and for what is uploaded. */
  url: string | undefined
  resumable: boolean
  cover: string | undefined
}

const LONGEST_CAPTION = 2200
const MOST_HASHTAGS = 30
const MOST_TAGS = 20
const LONGEST_ALT = 1000
const MOST_COLLABORATORS = 3

const yes = (params: URLSearchParams, name: string): boolean => /^(true|1)$/i.test(field(params, name) ?? '')

/** A list as JSON, or parted by commas; undefined where it is neither. */
export function listIn(params: URLSearchParams, name: string): string[] | undefined {
  const text = field(params, name)
  if (text === undefined) return []
  if (!text.startsWith('[')) return text.split(',').map((one) => one.trim())
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.map(String) : undefined
  } catch {
    return undefined
  }
}

/** Characters as people count them, not as UTF-16 does. */
export function judgeCaption(caption: string): Answer | undefined {
  const length = [...caption].length
  const hashtags = caption.match(/#[\p{L}\p{N}_]+/gu) ?? []
  if (length > LONGEST_CAPTION || hashtags.length > MOST_HASHTAGS) return refused(2207010, String(length))
  const mentions = caption.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu) ?? []
  return mentions.length > MOST_TAGS ? refused(2207040, String(MOST_TAGS)) : undefined
}

function typeIn(params: URLSearchParams): Container['type'] | Answer {
  const asked = field(params, 'media_type')
  switch (asked) {
    case undefined:
    case 'IMAGE':
      return 'IMAGE'
    case 'VIDEO':
      // Since 2023-07-01 a single video is a reel (developers.facebook.com, "Content Publishing").
      return yes(params, 'is_carousel_item')
        ? 'VIDEO'
        : badParameter(
            'The VIDEO value for media_type is no longer supported. Use the REELS media type to publish a video.',
          )
    case 'REELS':
    case 'STORIES':
    case 'CAROUSEL':
      return asked
    default:
      return refused(2207023, asked)
  }
}

/** Which address is fetched, if any, and whether bytes will come instead. */
function sourceIn(
  params: URLSearchParams,
  type: Container['type'],
  uploads: boolean,
): Pick<Wish, 'url' | 'resumable'> | Answer {
  if (type === 'CAROUSEL') return { url: undefined, resumable: false }
  const uploadType = field(params, 'upload_type')
  if (uploadType !== undefined) {
    if (uploadType !== 'resumable') return badParameter('Param upload_type must be one of {RESUMABLE}')
    if (!uploads || type === 'IMAGE') return badParameter('The upload_type resumable is not supported for this request')
    return { url: undefined, resumable: true }
  }
  const image = field(params, 'image_url')
  const video = field(params, 'video_url')
  if (type === 'STORIES' && image === undefined && video === undefined)
    return badParameter('The parameter image_url or video_url is required')
  const name = type === 'IMAGE' || (type === 'STORIES' && video === undefined) ? 'image_url' : 'video_url'
  const url = name === 'image_url' ? image : video
  return url === undefined ? badParameter(`The parameter ${name} is required`) : { url, resumable: false }
}

function judgeExtras(params: URLSearchParams, type: Container['type']): Answer | undefined {
  const alt = field(params, 'alt_text')
  if (alt !== undefined && type !== 'IMAGE') return badParameter('alt_text is only supported for images')
  if (alt !== undefined && [...alt].length > LONGEST_ALT)
    return badParameter(`Param alt_text must be no more than ${LONGEST_ALT} characters in length`)
  const tags = listIn(params, 'user_tags')
  if (!tags) return badParameter('Param user_tags must be an array.')
  if (tags.length > MOST_TAGS) return refused(2207040, String(MOST_TAGS))
  const collaborators = listIn(params, 'collaborators')
  if (!collaborators) return badParameter('Param collaborators must be an array.')
  if (collaborators.length > MOST_COLLABORATORS)
    return badParameter('Param collaborators must have at most 3 elements.')
  if (collaborators.length > 0 && (type === 'CAROUSEL' || type === 'STORIES'))
    return badParameter('collaborators is not supported for this media type')
  const offset = field(params, 'thumb_offset')
  return offset === undefined || /^-?\d{1,9}$/.test(offset)
    ? undefined
    : badParameter('Param thumb_offset must be an integer')
}

function childrenIn(params: URLSearchParams, type: Container['type']): string[] | Answer {
  if (type !== 'CAROUSEL') return []
  const children = listIn(params, 'children')
  if (!children || children.some((one) => !/^\d+$/.test(one)))
    return badParameter('Param children must be a comma-separated list of container ids')
  return children.length < 2 || children.length > 10 ? refused(2207028) : children
}

/** Judges parameters before anything is fetched. `uploads`: bytes are taken here, too. */
export function readWish(params: URLSearchParams, uploads: boolean): Wish | Answer {
  const type = typeIn(params)
  if (isAnswer(type)) return type
  const item = yes(params, 'is_carousel_item')
  if (item && !['IMAGE', 'VIDEO'].includes(type))
    return badParameter('Reels, stories and carousels cannot be carousel items')
  const source = sourceIn(params, type, uploads)
  if (isAnswer(source)) return source
  const caption = field(params, 'caption') ?? ''
  const refusal = judgeCaption(caption) ?? judgeExtras(params, type)
  if (refusal) return refusal
  const children = childrenIn(params, type)
  if (isAnswer(children)) return children
  return {
    ...{ type, item, children, ...source },
    // Only a carousel itself has a caption.
    caption: item ? '' : caption,
    alt: field(params, 'alt_text') ?? null,
    shareToFeed: type !== 'REELS' || field(params, 'share_to_feed') === undefined || yes(params, 'share_to_feed'),
    collaborators: listIn(params, 'collaborators') ?? [],
    cover: type === 'REELS' ? field(params, 'cover_url') : undefined,
    thumbOffset: Number(field(params, 'thumb_offset') ?? 0),
  }
}
