/** Instagram accounts that are behind a Page: `graph.facebook.com`, with a person's token or the Page's. */
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { badFields, graphError, notThere } from '../../graph/errors.ts'
import { type Field, parseFields } from '../../graph/fields.ts'
import type { Actor, Stage } from '../../graph/instagram/book.ts'
import { comment, comments } from '../../graph/instagram/comments.ts'
import { createContainer } from '../../graph/instagram/create.ts'
import { publish, publishingLimit } from '../../graph/instagram/publish.ts'
import { containerNode, isShown, mediaList, mediaNode } from '../../graph/instagram/read.ts'
import { uploadVideo } from '../../graph/instagram/upload.ts'
import { notAuthorized } from '../../graph/media/upload.ts'
import { isAnswer } from '../../graph/project.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { roleOn, type State } from '../state.ts'
import { tokenHere } from '../videos/rupload.ts'
import type { World } from '../world.ts'
import { actorOf } from './accounts.ts'
import { stageOf } from './stage.ts'

const closed = (): Answer =>
  graphError(403, { message: '(#10) Application does not have permission for this action', code: 10 })

type Permission = 'instagram_basic' | 'instagram_content_publish' | 'instagram_manage_comments'

/** Whose role comes from a business needs one of these as well (developers.facebook.com, "IG Container"). */
function lacksAds(state: State, { grant }: Caller, page: string): boolean {
  const holds = grant.granted.includes('ads_management') || grant.granted.includes('ads_read')
  return roleOn(state, grant.member, page)?.byBusiness === true && !holds
}

/** MANAGE or CREATE_CONTENT on the Page behind the account. */
function hasTask(state: State, { grant }: Caller, page: string): boolean {
  const tasks = roleOn(state, grant.member, page)?.tasks ?? []
  return tasks.includes('MANAGE') || tasks.includes('CREATE_CONTENT')
}

function actingAccount(state: State, caller: Caller, ask: Ask, permission: Permission): Actor | Answer {
  const id = ask.params.id ?? ''
  const actor = actorOf(state, caller, id)
  if (!actor) return notThere(id, ask.method.toLowerCase())
  const { granted } = caller.grant
  if (!granted.includes(permission) || !granted.includes('pages_read_engagement')) return closed()
  if (permission === 'instagram_basic') return actor
  if (lacksAds(state, caller, actor.page))
    return graphError(403, { message: '(#200) The user is missing ads_management or ads_read permission', code: 200 })
  return hasTask(state, caller, actor.page) ? actor : closed()
}

type Run = (stage: Stage, actor: Actor, params: URLSearchParams, asked: Field[], ask: Ask) => Answer | Promise<Answer>

const edge =
  (permission: Permission, run: Run): Resource =>
  (world, caller, ask) => {
    const actor = actingAccount(world.state, caller, ask, permission)
    if (isAnswer(actor)) return actor
    const fields = parseFields(field(caller.params, 'fields') ?? '')
    return fields ? run(stageOf(world, ask), actor, caller.params, fields, ask) : badFields()
  }

const aboutMedia =
  (permission: Permission, run: typeof comments): Resource =>
  (world, caller, ask) =>
    edge(permission, (stage, actor, params, asked) => {
      const media = stage.book.media.get(ask.params.id ?? '')
      const seen = media && isShown(media, stage.now)
      return seen ? run(stage, actor, media, params, asked) : notThere(ask.params.id ?? '', ask.method.toLowerCase())
    })(world, caller, ask)

const PUBLISH = 'instagram_content_publish'

export const createMedia = edge(PUBLISH, createContainer)
export const publishMedia = edge(PUBLISH, publish)
export const limit = edge(PUBLISH, (stage, actor, params) => publishingLimit(stage, actor, params))
export const listMedia = (which: 'media' | 'stories'): Resource =>
  edge('instagram_basic', (stage, actor, params, asked) => mediaList(stage, actor, which, params, asked))
export const mediaComments = aboutMedia('instagram_basic', comments)
export const commentMedia = aboutMedia('instagram_manage_comments', comment)

/** A container or a media by its id; undefined where it is neither, or not the caller's to see. */
export function instagramObject(
  world: World,
  caller: Caller,
  ask: Ask,
  id: string,
  asked: Field[],
): Record<string, unknown> | Answer | undefined {
  const { containers, media } = world.state.instagram
  const actor = actorOf(world.state, caller, id)
  if (!actor) return undefined
  const stage = stageOf(world, ask)
  const container = containers.get(id)
  if (container) return containerNode(stage, container, asked)
  const found = media.get(id)
  return found && isShown(found, stage.now) ? mediaNode(stage, actor, found, asked) : undefined
}

/** `POST rupload.facebook.com/ig-api-upload/{version}/{container}`. */
export async function uploadContainer(world: World, ask: Ask): Promise<Answer> {
  const { state } = world
  const token = tokenHere(world, ask, ['instagram_basic', PUBLISH])
  const grant = state.grants.get(token?.grant ?? '')
  const container = state.instagram.containers.get(ask.params.id ?? '')
  const mine = container && grant?.clientId === container.clientId && grant.instagrams.includes(container.account)
  return mine ? uploadVideo(stageOf(world, ask), container, ask) : notAuthorized()
}
