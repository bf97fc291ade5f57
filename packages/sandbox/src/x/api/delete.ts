import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { isId } from '../posts/snowflake.ts'
import type { Gate, Resource } from './gate.ts'
import { idInvalid } from './invalid.ts'
import { notFound } from './not-found.ts'
import { problem } from './problems.ts'
import { notYours } from './refusals.ts'

export const DELETE: Gate = {
  endpoint: 'x.post-delete',
  scopes: ['tweet.read', 'tweet.write', 'users.read'],
  limit: 50,
  price: 0.01,
}

/** DELETE /2/tweets/{id}: one's own alone. */
export const remove: Resource = ({ state }, { user }, ask): Answer => {
  const { settings } = state
  const id = ask.params.id ?? ''
  if (!isId(id)) return idInvalid(settings, 'id', id)
  const post = state.posts.live(id)
  if (post && post.author !== user.key) return notYours()
  if (!post && settings.deleteMissing === '404') {
    const { title, detail, type } = notFound(settings, { type: 'tweet', parameter: 'id', id })
    return problem(404, { title, detail, type })
  }
  if (post) state.posts.delete(post)
  return json(200, { data: { deleted: true } })
}
