import { json } from '../../core/answer.ts'
import type { User } from '../people/users.ts'
import { isId } from '../posts/snowflake.ts'
import type { World } from '../world.ts'
import type { Gate, Priced, Resource } from './gate.ts'
import { idInvalid, parameterInvalid } from './invalid.ts'
import { notAuthorized, notFound } from './not-found.ts'
import { includes, READING, readReading } from './post-reads.ts'
import { postView } from './post-view.ts'
import { problem } from './problems.ts'
import { unknownParameter } from './query.ts'
import { readPrice } from './read-price.ts'
import { maySee } from './visible.ts'

const scopes = ['tweet.read', 'users.read']
/** What a read costs is counted by the posts in its answer. */
export const POSTS: Gate = { endpoint: 'x.posts', scopes, limit: 5000, price: 0 }
export const POST: Gate = { endpoint: 'x.post', scopes, limit: 900, price: 0 }

const MOST_IDS = 100

/** The post, or the error that stands in its place. */
function find({ state }: World, viewer: User, id: string, parameter: 'id' | 'ids') {
  const post = state.posts.live(id)
  const asked = { type: 'tweet', parameter, id } as const
  if (!post) return { error: notFound(state.settings, asked) }
  return maySee(viewer, post) ? { post } : { error: notAuthorized(state.settings, asked) }
}

/** GET /2/tweets: what is found, and an error for each of the others. */
export const posts: Resource = (world, { user, app }, ask): Priced => {
  const { settings } = world.state
  const unknown = unknownParameter(settings, ask, ['ids', ...READING])
  if (unknown) return unknown
  const ids = [...new Set((ask.query.get('ids') ?? '').split(',').filter(Boolean))]
  const count = `The number of values in the \`ids\` query parameter list [${ids.length}] is not between 1 and ${MOST_IDS}`
  if (ids.length === 0 || ids.length > MOST_IDS)
    return parameterInvalid(settings, 'ids', ask.query.get('ids') ?? '', count)
  const wrong = ids.find((id) => !isId(id))
  if (wrong !== undefined) return idInvalid(settings, 'ids', wrong)
  const reading = readReading(world, ask)
  if ('status' in reading) return reading
  const all = ids.map((id) => find(world, user, id, 'ids'))
  const found = all.flatMap(({ post }) => post ?? [])
  const errors = all.flatMap(({ error }) => error ?? [])
  const answer = json(200, {
    ...(found.length > 0 && { data: found.map((post) => postView(world, post, reading.post)) }),
    ...includes(world, user, found, reading),
    ...(errors.length > 0 && { errors }),
  })
  return { ...answer, price: readPrice(world, app, found) }
}

/** GET /2/tweets/{id}. What is not there is answered in two ways: docs.x.com says 404, answers were seen with 200. */
export const post: Resource = (world, { user, app }, ask): Priced => {
  const { settings } = world.state
  const id = ask.params.id ?? ''
  const unknown = unknownParameter(settings, ask, READING)
  if (unknown) return unknown
  if (!isId(id)) return idInvalid(settings, 'id', id)
  const reading = readReading(world, ask)
  if ('status' in reading) return reading
  const { post: found, error } = find(world, user, id, 'id')
  if (found) {
    const data = postView(world, found, reading.post)
    const price = readPrice(world, app, [found])
    return { ...json(200, { data, ...includes(world, user, [found], reading) }), price }
  }
  if (settings.missingPost === 'errors') return json(200, { errors: [error] })
  const { title, detail, type } = error
  return problem(404, { title, detail, type })
}
