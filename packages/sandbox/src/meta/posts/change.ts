import { json } from '../../core/answer.ts'
import { type Answer, field } from '../../core/ask.ts'
import { badParameter, graphError, notThere } from '../../graph/errors.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Resource } from '../api/gate.ts'
import { actingPage } from './as-page.ts'
import type { Comment, PageBook, Photo, Post, Video } from './book.ts'
import { judgeMessage } from './feed.ts'

/** `POST /{page_post}`: other words. */
export const editPost: Resource = ({ state, clock }, caller, ask) => {
  const id = ask.params.id ?? ''
  const post = state.pages.posts.get(id)
  if (!post || post.deleted) return notThere(id, 'post')
  const page = actingPage(state, caller, post.page, 'post')
  if (isAnswer(page)) return page
  // Only the app that made it (developers.facebook.com, "Posts" of the Pages API).
  if (post.clientId !== caller.app.clientId)
    return graphError(403, { message: '(#200) Permissions error: the post was not made by this app', code: 200 })
  const message = field(caller.params, 'message')
  if (message === undefined) return badParameter('Missing message')
  const wrong = judgeMessage(message)
  if (wrong) return wrong
  post.message = message
  post.editedAt = clock.now()
  return json(200, { success: true })
}

/** What goes with an id: the thing itself, and the post or the video that is nothing without it. */
function goesWith({ posts, photos, videos, comments }: PageBook, id: string): (Post | Photo | Video | Comment)[] {
  const present = <One>(...all: (One | undefined)[]) => all.flatMap((one) => one ?? [])
  const post = posts.get(id)
  if (post) return present<Post | Video>(post, videos.get(post.video ?? ''))
  const file = photos.get(id) ?? videos.get(id)
  const shownBy = posts.get(file?.post ?? '')
  // A post of several photos stays without one of them.
  if (file) return present<Photo | Video | Post>(file, shownBy && shownBy.photos.length <= 1 ? shownBy : undefined)
  return present(comments.get(id))
}

/** `DELETE` of a post, a staged or posted photo, a video or a comment. */
export const remove: Resource = ({ state, clock }, caller, ask): Answer => {
  const id = ask.params.id ?? ''
  const gone = goesWith(state.pages, id)
  const [first] = gone
  if (!first || first.deleted) return notThere(id, 'delete')
  const permission = state.pages.comments.has(id) ? 'pages_manage_engagement' : 'pages_manage_posts'
  const page = actingPage(state, caller, first.page, 'delete', { permission })
  if (isAnswer(page)) return page
  for (const one of gone) {
    one.deleted = true
    // What was deleted before its time was never there.
    if ('scheduled' in one && one.at !== null && one.at > clock.now()) one.at = null
  }
  return json(200, { success: true })
}
