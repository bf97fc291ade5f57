import { type Category, kindOf } from '../media/media.ts'

/** OpenAPI 2.167, `media_type` of an upload in pieces. */
export const TYPES = [
  'video/mp4',
  'video/webm',
  'video/mp2t',
  'video/quicktime',
  'text/srt',
  'text/vtt',
  'image/jpeg',
  'image/gif',
  'image/bmp',
  'image/png',
  'image/webp',
  'image/pjpeg',
  'image/tiff',
  'model/gltf-binary',
  'model/vnd.usdz+zip',
] as const

/** Which types a category takes. The schema knows more of them than a post may have (docs.x.com, media best practices). */
const TAKEN = {
  image: ['image/jpeg', 'image/pjpeg', 'image/png', 'image/gif', 'image/webp'],
  gif: ['image/gif'],
  video: ['video/mp4', 'video/quicktime', 'video/mp2t', 'video/webm'],
  subtitles: ['text/srt', 'text/vtt'],
}

export const takes = (category: Category, type: string): boolean =>
  TAKEN[kindOf(category) ?? 'subtitles'].includes(type)
