/**
 * The address at which a platform fetches a file: whose it is, until when, and our signature over both. What stands after the
 * signature is for those who look at an ending, and means nothing. Pure.
 */
import { isOneOf } from '../../vault/signature.ts'

export const MEDIA_PATH = '/media'

const HOUR_MS = 3_600_000
/** For so many hours it holds at least; the same for an hour, so that what is asked twice is asked alike. */
const HOURS = 24

/** What networks that look at an ending know. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
}
export const endingOf = (mime: string): string => ENDINGS[mime] ?? 'bin'

export interface Addressed {
  workspace: string
  id: string
  /** In seconds since 1970, as text. */
  expires: string
}

const textOf = ({ workspace, id, expires }: Addressed): string => JSON.stringify([workspace, id, expires])

export function addressOf(
  workspace: string,
  media: { id: string; mime?: string | undefined },
  now: number,
  sign: (text: string) => string[],
): string {
  const expires = String((Math.floor(now / HOUR_MS) + 1 + HOURS) * (HOUR_MS / 1000))
  const [signature] = sign(textOf({ workspace, id: media.id, expires }))
  const name = media.mime === undefined ? 'file' : `file.${endingOf(media.mime)}`
  return `${MEDIA_PATH}/${workspace}/${media.id}/${expires}/${signature}/${name}`
}

/** False: it is none of ours, or is over. */
export const holds = (
  shown: Addressed & { signature: string },
  now: number,
  sign: (text: string) => string[],
): boolean => isOneOf(shown.signature, sign(textOf(shown))) && Number(shown.expires) * 1000 > now
