/** What comes next: files up, ready, the post, the first comment. */
import { type ApiAnswer, text } from '../../../provider.ts'
import type { Outcome, PostContent, PublishAs, Publisher, Step } from '../../../provider-publishing.ts'
import { commentBody, postBody, type Urns } from './content.ts'
import { refusal } from './faults.ts'
import { filesOf, type PostFile, uploadAt } from './files.ts'
import { API, legacyHeaders, restHeaders } from './headers.ts'
import { legacyBody } from './legacy.ts'
import { polling, voiding, waiting } from './readiness.ts'
import { isLegacy } from './settings.ts'
import { mayComment } from './standing.ts'
import { sending } from './uploads.ts'
import { encoded, permalink, postUrn } from './urns.ts'

const NO_COMMENT = 'The first comment was not made. Make it on LinkedIn.'

export const next: Publisher['next'] = (content, as, progress, now) => {
  const { post } = progress
  if (typeof post === 'string') return after(content, as, post, progress.comment !== undefined)
  const files = filesOf(content, !isLegacy(as))
  for (const file of files) {
    const step = sending(file, as, progress, now)
    if (step) return step
  }
  const uploads = files.map((file) => [file, uploadAt(progress, file.key) ?? { urn: '' }] as const)
  for (const [file, upload] of uploads) {
    const step = polling(file, upload, as, now)
    if (step) return step
  }
  return waiting(uploads, as, progress) ?? create(content, as, files, (key) => uploadAt(progress, key)?.urn ?? '', now)
}

function create(content: PostContent, as: PublishAs, files: readonly PostFile[], urns: Urns, now: number): Step {
  const endpoint = isLegacy(as) ? 'POST /v2/ugcPosts' : 'POST /rest/posts'
  const json = isLegacy(as) ? legacyBody(content, as, urns) : postBody(content, as, urns)
  return {
    do: 'call',
    name: 'Publish',
    endpoint,
    request: {
      method: 'POST',
      url: `${API}${endpoint.slice(5)}`,
      headers: isLegacy(as) ? legacyHeaders : restHeaders(as),
      body: { json },
    },
    create: { part: 'post' },
    reads: [400],
    read: (answer): Outcome => {
      const fault = refusal(answer, endpoint, true, now)
      return fault ? { fault: voiding(fault, answer, files) } : { learnt: { post: idOf(answer) } }
    },
    assume: { post: '<post>' },
  }
}

/** In a header, with an empty body. A 201 without it is a post all the same, whose id nobody knows. */
const idOf = ({ headers, body }: ApiAnswer): string =>
  postUrn(headers.get('x-restli-id')) ?? postUrn(text(body, 'id')) ?? ''

function after(content: PostContent, as: PublishAs, post: string, commented: boolean): Step {
  const { firstComment } = content
  if (firstComment === undefined || commented || post === '' || !mayComment(as)) {
    const left = firstComment !== undefined && !commented
    return {
      do: 'done',
      id: post === '' ? null : post,
      url: post === '' ? null : permalink(post),
      ...(left ? { warning: NO_COMMENT } : {}),
    }
  }
  return {
    do: 'call',
    name: 'Comment',
    endpoint: 'POST /rest/socialActions/comments',
    request: {
      method: 'POST',
      url: `${API}/rest/socialActions/${encoded(post)}/comments`,
      headers: restHeaders(as),
      body: { json: commentBody(firstComment, post, as) },
    },
    create: { part: 'comment', optional: { learnt: { comment: 'none' }, warning: NO_COMMENT } },
    read: ({ body, headers }) => ({
      learnt: { comment: text(body, '$URN') ?? headers.get('x-restli-id') ?? text(body, 'id') ?? 'made' },
    }),
    assume: { comment: '<comment>' },
  }
}
