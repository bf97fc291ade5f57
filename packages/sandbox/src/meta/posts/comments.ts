import { json } from '../../core/answer.ts'
import { field } from '../../core/ask.ts'
import { badFields, badParameter, noField, notThere } from '../../graph/errors.ts'
import { parseFields } from '../../graph/fields.ts'
import { mimeOf } from '../../graph/media/facts.ts'
import { shelve } from '../../graph/media/shelf.ts'
import { paged } from '../../graph/paged.ts'
import { isAnswer } from '../../graph/project.ts'
import { addressOf } from '../api/addresses.ts'
import { fieldClosed } from '../api/errors.ts'
import type { Resource } from '../api/gate.ts'
import { actingPage, seesPage } from './as-page.ts'
import { type Comment, isSeen, nextNumber } from './book.ts'
import { commentNode } from './nodes.ts'
import { fetchPhoto } from './photos.ts'

const LONGEST = 8000

/** `POST /{post}/comments`, as the Page. */
export const comment: Resource = async (world, caller, ask) => {
  const { state, clock } = world
  const { params } = caller
  const id = ask.params.id ?? ''
  const post = state.pages.posts.get(id)
  if (!post || !isSeen(post, clock.now())) return notThere(id, 'post')
  const page = actingPage(world.state, caller, post.page, 'post', { permission: 'pages_manage_engagement' })
  if (isAnswer(page)) return page
  const message = field(params, 'message') ?? ''
  const url = field(params, 'attachment_url')
  if (message === '' && url === undefined) return badParameter('Missing message or attachment')
  if ([...message].length > LONGEST)
    return badParameter(`Param message must be no more than ${LONGEST} characters in length`)
  const read = url === undefined ? undefined : await fetchPhoto(world, url)
  if (isAnswer(read)) return read
  const made: Comment = {
    id: `${post.id.split('_')[1]}_${nextNumber(state.pages, 'comment')}`,
    ...{ page: page.id, post: post.id, message, file: read?.file ?? null, at: clock.now(), deleted: false },
  }
  state.pages.comments.set(made.id, made)
  if (read) shelve(state.pages.pictures, read.file.sha256, mimeOf(read.file.facts), read.bytes)
  return json(200, { id: made.id })
}

/** `GET /{post}/comments`: oldest first. */
export const comments: Resource = (world, caller, ask) => {
  const { state, clock } = world
  const id = ask.params.id ?? ''
  const post = state.pages.posts.get(id)
  if (!post || !isSeen(post, clock.now()) || !seesPage(state, caller, post.page)) return notThere(id)
  if (!caller.grant.granted.includes('pages_read_engagement')) return fieldClosed('pages_read_engagement')
  if (post.kind === 'story') return noField('comments', 'Story')
  const fields = parseFields(field(caller.params, 'fields') ?? '')
  if (!fields) return badFields()
  const all = [...state.pages.comments.values()].filter((one) => one.post === id && !one.deleted)
  return paged(addressOf(world, ask, id, 'comments'), caller.params, all, (one) => commentNode(one, fields))
}
