/** What the upload answers where it does not take something. The sentences are those of public issues, most of them older than v2. */

import { empty } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { invalid } from '../api/invalid.ts'
import type { Settings } from '../settings.ts'

/** No such upload, another's, or one that is over; also the state of what needs no processing (xdevplatform/xurl 18). */
export const notThere = (settings: Settings): Answer => invalid(settings, 'BadRequest: Not found')

export const tooBig = (settings: Settings, bytes: number): Answer =>
  invalid(settings, `File size exceeds ${bytes} bytes.`)

export const unrecognized = (settings: Settings): Answer => invalid(settings, 'media type unrecognized.')

export const notWhole = (settings: Settings): Answer =>
  invalid(settings, 'Segments do not add up to provided total file size.')

/** Pieces of 5 MiB met an empty 431 for a while (abraham/twitteroauth 1257). */
export const pieceTooLarge = (settings: Settings): Answer =>
  settings.pieceTooLarge === '431' ? empty(431) : tooBig(settings, settings.largestPiece)

export const otherPiece = (settings: Settings, place: number): Answer =>
  invalid(settings, `Segment ${place} was uploaded already, with other bytes.`, { segment_index: [String(place)] })
