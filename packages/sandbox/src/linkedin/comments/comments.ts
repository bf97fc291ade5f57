import { empty, json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { accessDenied, noEntity, parameterInvalid, parameterNotAllowed } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { plainPage } from '../api/paging.ts'
import { encoded, unknownParameter, whole } from '../api/restli.ts'
import { type ActScopes, actingAs, authorUrn, type NotAllowed, WRITE } from '../posts/author.ts'
import { readBody } from '../posts/body.ts'
import { blankField, invalidValue, urnId, urnType } from '../posts/errors.ts'
import { livePost, nextNumber, type Post, postNamed } from '../posts/post.ts'
import type { Shape } from '../posts/shape.ts'
import type { World } from '../world.ts'
import type { Comment } from './comment.ts'

/** As of August 2026; documents before that let `w_member_social` do it (Microsoft Learn: comments-api). */
const FEED: ActScopes = { member: 'w_member_social_feed', organization: 'w_organization_social_feed' }
const READ = ['r_organization_social', 'r_organization_social_feed', 'r_member_social', 'r_member_social_feed']

const scopesOf = ({ state }: World): ActScopes => (state.settings.commentScopes === 'social' ? WRITE : FEED)

const denied = ({ version }: Caller, method: string): Answer =>
  accessDenied(`partnerApiSocialActions.${method}.${version}`)

function actorRefused(why: NotAllowed, refused: Answer, path: string): Answer {
  if (why === 'urn-type') return urnType(path)
  return why === 'urn-id' ? urnId(path) : refused
}

function shown({ app }: Caller, comment: Comment, post: Post): Record<string, unknown> {
  const actor = authorUrn(app.clientId, comment.actor)
  return {
    actor,
    created: { actor, time: comment.createdAt },
    lastModified: { actor, time: comment.createdAt },
    id: comment.id,
    $URN: comment.urn,
    message: { attributes: comment.attributes, text: comment.text },
    object: post.activity,
    ...(comment.parent !== null && { parentComment: comment.parent }),
  }
}

const SHAPE: Shape = {
  record: {
    actor: 'String',
    object: 'String',
    message: { record: { text: 'String', attributes: { list: 'any' } }, required: ['text'] },
    parentComment: 'String',
  },
  required: ['actor', 'object', 'message'],
}

interface Body {
  actor: string
  object: string
  message: { text: string; attributes?: unknown[] }
  parentComment?: string
}

/** POST /rest/socialActions/{urn}/comments. The text is plain: what is escaped is published with its backslashes (postiz issue 1847). */
export const createComment: Resource = (world, caller, ask) => {
  const { state, clock } = world
  const refused = denied(caller, 'CREATE')
  const scopes = scopesOf(world)
  if (!caller.has(scopes.member, scopes.organization)) return refused
  const read = readBody<Body>(ask, SHAPE)
  if ('refused' in read) return read.refused
  const { actor, object, message, parentComment } = read.body
  const acting = actingAs(state, caller, actor, scopes)
  if ('why' in acting) return actorRefused(acting.why, refused, 'actor')
  const post = livePost(state, ask.params.urn ?? '')
  if (!post) return noEntity()
  if (postNamed(state, object) !== post) return invalidValue('object')
  if (message.text.trim() === '') return blankField('message/text')
  const parent = parentComment === undefined ? undefined : state.comments.get(parentComment)
  if (parentComment !== undefined && (parent?.post !== post.urn || parent.deleted)) return urnId('parentComment')
  const id = nextNumber(state, clock.now())
  const comment: Comment = {
    ...{ urn: `urn:li:comment:(${post.activity},${id})`, id, post: post.urn, parent: parentComment ?? null },
    ...{ clientId: caller.app.clientId, member: caller.member.key, actor: acting.author },
    ...{ text: message.text, attributes: message.attributes ?? [], createdAt: clock.now(), deleted: false },
  }
  state.comments.set(comment.urn, comment)
  return json(201, shown(caller, comment, post), { 'x-restli-id': id })
}

/** GET /rest/socialActions/{urn}/comments. */
export const listComments: Resource = (world, caller, ask) => {
  if (!caller.has(...READ)) return denied(caller, 'GET_ALL')
  const stray = unknownParameter(caller.query, ['start', 'count', 'fields'])
  if (stray) return parameterNotAllowed(stray)
  const post = livePost(world.state, ask.params.urn ?? '')
  if (!post) return noEntity()
  const start = whole(caller.query, 'start', 0)
  const count = whole(caller.query, 'count', 10)
  if (start === undefined) return parameterInvalid('start')
  if (count === undefined || count === 0 || count > 100) return parameterInvalid('count')
  const all = [...world.state.comments.values()].filter((one) => one.post === post.urn && !one.deleted)
  const path = `/rest/socialActions/${encodeURIComponent(post.urn)}/comments`
  const { paging, elements } = plainPage(all, start, count, (from) => `${path}?start=${from}&count=${count}`)
  return json(200, { paging, elements: elements.map((one) => shown(caller, one, post)) })
}

/** DELETE /rest/socialActions/{urn}/comments/{id}?actor={urn}. */
export const deleteComment: Resource = (world, caller, ask) => {
  const refused = denied(caller, 'DELETE')
  const scopes = scopesOf(world)
  if (!caller.has(scopes.member, scopes.organization)) return refused
  const post = postNamed(world.state, ask.params.urn ?? '')
  const comment = [...world.state.comments.values()].find((one) => one.post === post?.urn && one.id === ask.params.id)
  if (!comment) return noEntity()
  const actor = encoded(caller.query, 'actor')
  if (actor === undefined) return parameterInvalid('actor')
  const acting = actingAs(world.state, caller, actor, scopes)
  if ('why' in acting) return actorRefused(acting.why, refused, 'actor')
  if (actor !== authorUrn(caller.app.clientId, comment.actor)) return refused
  comment.deleted = true
  return empty(204)
}
