import type { Answer } from '../../core/ask.ts'
import { type Fault, graphError } from '../errors.ts'

type Row = Pick<Fault, 'code' | 'message' | 'title' | 'text'> & { transient?: boolean }

/**
 * Refusals of publishing by their subcode. Codes and the texts for the person: developers.facebook.com, "Error Codes" of the
 * Instagram Platform. Messages and titles of 2207004, 2207027 and 2207052 are as answered; the others' are not published.
 */
const ROWS = {
  2207001: { code: -1, message: 'Instagram server error. Try again.', transient: true },
  2207003: { code: -2, message: 'Media download timed out', text: 'It takes too long to download the media.' },
  2207004: {
    code: 36000,
    message: 'The image size is too large.',
    title: 'Image size too large',
    text: 'The image is too large to download. It should be less than 8 MiB.',
  },
  2207005: {
    code: 36001,
    message: 'The image format is not supported.',
    title: 'Unsupported image format',
    text: 'The image format {} is not supported. Supported formats are: JPEG.',
  },
  2207006: { code: 24, message: 'Media not found', text: 'The media with {} cannot be found' },
  2207008: {
    code: 24,
    message: 'Media builder not found',
    text: 'The media builder with creation id = {} does not exist or has been expired.',
  },
  2207009: {
    code: 36003,
    message: 'The aspect ratio is not supported.',
    title: 'Unsupported aspect ratio',
    text: 'The submitted image with aspect ratio {} cannot be published. Please submit an image with a valid aspect ratio.',
  },
  2207010: {
    code: 36004,
    message: 'The caption is too long.',
    title: 'Caption too long',
    text: "The submitted image's caption was {} characters long. The maximum number of characters permitted for a caption is 2200. Please submit media with a shorter caption.",
  },
  2207020: {
    code: -2,
    message: 'Media expired',
    text: 'The media you are trying to access has expired. Please try to upload again.',
  },
  2207023: { code: 100, message: 'Invalid parameter', text: 'The media type {} is unknown.' },
  2207026: {
    code: 352,
    message: 'The video format is not supported.',
    title: 'Unsupported video format',
    text: 'The video format is not supported. Please check spec for supported {} format',
  },
  2207027: {
    code: 9007,
    message: 'Media ID is not available',
    title: 'Cannot Publish',
    text: 'The media is not ready for publishing, please wait for a moment',
  },
  2207028: {
    code: 100,
    message: 'Invalid parameter',
    text: "Your post won't work as a carousel. Carousels need at least 2 photos/videos and no more than 10 photos/videos.",
  },
  2207032: {
    code: -1,
    message: 'Create media failed',
    text: 'Create media fail, please try to re-create media',
    transient: true,
  },
  2207035: {
    code: 100,
    message: 'Invalid parameter',
    text: 'Product tag positions should not be specified for video media.',
  },
  2207036: { code: 100, message: 'Invalid parameter', text: 'Product tag positions are required for photo media.' },
  2207037: {
    code: 100,
    message: 'Invalid parameter',
    text: "We couldn't add all of your product tags. The product ID may be incorrect, the product may be deleted, or you may not have permission to tag the product.",
  },
  2207040: { code: 100, message: 'Invalid parameter', text: 'Cannot use more than {} tags per created media.' },
  2207042: {
    code: 9,
    message: 'The user has reached the maximum number of posts.',
    title: 'Posting limit reached',
    text: 'You reached maximum number of posts that is allowed to be published by Content Publishing API.',
  },
  2207050: {
    code: 25,
    message: 'The Instagram account is restricted.',
    title: 'Account restricted',
    text: 'The Instagram account is restricted.',
  },
  2207051: {
    code: 4,
    message: 'Application request limit reached',
    title: 'Action is blocked',
    text: 'We restrict certain activity to protect our community. Tell us if you think we made a mistake.',
  },
  2207052: {
    code: 9004,
    message: 'Only photo or video can be accepted as media type.',
    title: "Media download has failed. The media URI doesn't meet our requirements.",
    text: 'The media could not be fetched from this URI: {}',
  },
  2207053: { code: -1, message: 'Unknown upload error', text: 'unknown upload error', transient: true },
  2207057: {
    code: 1,
    message: 'Invalid thumbnail offset',
    text: 'Thumbnail offset must be greater than or equal to 0 and less than video duration, i.e. {}',
  },
} as const satisfies Record<number, Row>

export type Subcode = keyof typeof ROWS
export const SUBCODES = Object.keys(ROWS).map(Number) as Subcode[]

/** `what` fills the place in the text that names what is wrong. */
export function refused(subcode: Subcode, what = ''): Answer {
  const { code, message, transient = false, title, text }: Row = ROWS[subcode]
  const shown = text === undefined ? {} : { title: title ?? message, text: text.replace('{}', what) }
  return graphError(400, { message, code, subcode, transient, ...shown })
}
