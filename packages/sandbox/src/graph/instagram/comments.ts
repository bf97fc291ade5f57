import { json } from '../../core/answer.ts'
import { type Answer, field } from '../../core/ask.ts'
import { badParameter } from '../errors.ts'
import type { Field } from '../fields.ts'
import { paged } from '../paged.ts'
import { project } from '../project.ts'
import { graphTime } from '../time.ts'
import { type Actor, nextId, type Stage } from './book.ts'
import type { Media } from './container.ts'

const LONGEST = 2200

/** `POST /{media}/comments`. */
export function comment(stage: Stage, actor: Actor, media: Media, params: URLSearchParams): Answer {
  const text = field(params, 'message')
  if (text === undefined) return badParameter('The parameter message is required')
  if ([...text].length > LONGEST)
    return badParameter(`Param message must be no more than ${LONGEST} characters in length`)
  if (media.type === 'STORIES') return badParameter('Comments are not supported on stories')
  const id = nextId(stage, '18')
  stage.book.comments.set(id, { id, media: media.id, account: actor.account, text, at: stage.now })
  return json(200, { id })
}

/** `GET /{media}/comments`: newest first. */
export function comments(
  stage: Stage,
  actor: Actor,
  media: Media,
  params: URLSearchParams,
  asked: readonly Field[],
): Answer {
  const all = [...stage.book.comments.values()].filter((one) => one.media === media.id).reverse()
  return paged(`${stage.address}/${media.id}/comments`, params, all, (one) =>
    project(
      'IGComment',
      {
        id: () => one.id,
        text: () => one.text,
        timestamp: () => graphTime(one.at),
        username: () => actor.username,
        like_count: () => 0,
      },
      asked,
      ['timestamp', 'text', 'id'],
    ),
  )
}
