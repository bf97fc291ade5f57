/** 403 at creating or deleting a post: the texts are those that public issues and clients quote. */

import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'
import { problem } from './problems.ts'

const refused = (detail: string, status: 403 | 400 = 403): Answer =>
  problem(status, { detail, type: 'about:blank', title: status === 403 ? 'Forbidden' : 'Bad Request' })

/** akrherz/iembot 163. The post that was first is not named. */
export const duplicate = (): Answer => refused('You are not allowed to create a Tweet with duplicate content.')

export const notSummoned = (): Answer =>
  refused(
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  )

/** Code 385 of old (plhery/node-twitter-api-v2 366). */
export const replyToNothing = (): Answer =>
  refused('You attempted to reply to a Tweet that is deleted or not visible to you.')

export const notQuotable = (): Answer =>
  refused(
    'Quoting this post is not allowed because you have not been mentioned or are not part of the conversation thread of the post you are quoting.',
  )

/** What X says where it says nothing: too long, no right to a feature, media that do not go together (postiz). */
export const notPermitted = (): Answer => refused('You are not permitted to perform this action.')

export const tooLong = (settings: Settings): Answer =>
  settings.tooLong === 'catch-all'
    ? notPermitted()
    : json(403, { errors: [{ code: 186, message: 'Tweet needs to be a bit shorter.' }] })

export const tooManyCashtags = ({ contentStatus }: Settings): Answer =>
  refused('Posts are limited to a maximum of one cashtag', contentStatus)

export const blockedLink = ({ contentStatus }: Settings): Answer =>
  refused('The Tweet contains an invalid URL.', contentStatus)

export const videoTooLong = (minutes: number): Answer =>
  refused(`This user is not allowed to post a video longer than ${minutes} minutes.`)

export const notYours = (): Answer => refused('You are not authorized to delete this Tweet.')
