/** Publishing with an Instagram account's own token: ids are those of `/me?fields=user_id`. */
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { badFields, notThere } from '../../graph/errors.ts'
import { type Field, parseFields } from '../../graph/fields.ts'
import type { Actor, Stage } from '../../graph/instagram/book.ts'
import { comment, comments } from '../../graph/instagram/comments.ts'
import { createContainer } from '../../graph/instagram/create.ts'
import { publish, publishingLimit } from '../../graph/instagram/publish.ts'
import { containerNode, isShown, mediaList, mediaNode } from '../../graph/instagram/read.ts'
import { isAnswer } from '../../graph/project.ts'
import { servedBy } from '../../graph/versions.ts'
import { noPermission } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { GRAPH, MEDIA } from '../origins.ts'
import { BASIC } from '../scopes.ts'
import type { World } from '../world.ts'

export const MARK = { digit: '2', letter: 'I' }

const PUBLISH = 'instagram_business_content_publish'
const COMMENT = 'instagram_business_manage_comments'

/** Only addresses are taken here: resumable uploads are for Facebook Login for Business. */
export function stageOf({ state, clock }: World, ask: Ask): Stage {
  return {
    book: state.book,
    settings: state.settings,
    get now() {
      return clock.now()
    },
    mark: MARK,
    files: MEDIA,
    address: `${GRAPH}/${servedBy(ask.params.version, clock.now())}`,
    upload: undefined,
  }
}

function actorOf({ account, app, grant }: Caller, ask: Ask, permission: string): Actor | Answer {
  const lacking = [BASIC, permission].find((one) => !grant.permissions.includes(one))
  if (lacking !== undefined) return noPermission(lacking)
  // The app-scoped id publishes nothing.
  const id = ask.params.account ?? account.id
  if (id !== account.id) return notThere(id, ask.method.toLowerCase())
  return { account: account.id, username: account.username, clientId: app.clientId }
}

type Run = (stage: Stage, actor: Actor, params: URLSearchParams, asked: Field[], ask: Ask) => Answer | Promise<Answer>

const edge =
  (permission: string, run: Run): Resource =>
  (world, caller, ask) => {
    const actor = actorOf(caller, ask, permission)
    if (isAnswer(actor)) return actor
    const asked = parseFields(field(caller.params, 'fields') ?? '')
    return asked ? run(stageOf(world, ask), actor, caller.params, asked, ask) : badFields()
  }

const aboutMedia = (permission: string, run: typeof comments): Resource =>
  edge(permission, (stage, actor, params, asked, ask) => {
    const media = stage.book.media.get(ask.params.id ?? '')
    const seen = media && media.account === actor.account && isShown(media, stage.now)
    return seen ? run(stage, actor, media, params, asked) : notThere(ask.params.id ?? '', ask.method.toLowerCase())
  })

export const createMedia = edge(PUBLISH, createContainer)
export const publishMedia = edge(PUBLISH, publish)
export const limit = edge(PUBLISH, publishingLimit)
export const listMedia = (which: 'media' | 'stories'): Resource =>
  edge(BASIC, (stage, actor, params, asked) => mediaList(stage, actor, which, params, asked))
export const mediaComments = aboutMedia(BASIC, comments)
export const commentMedia = aboutMedia(COMMENT, comment)

/** A container or a media of the account by its id; undefined where it is neither. */
export function objectAt(world: World, caller: Caller, ask: Ask, asked: Field[]) {
  const { containers, media } = world.state.book
  const id = ask.params.id ?? ''
  const own = containers.get(id) ?? media.get(id)
  if (own?.account !== caller.account.id) return undefined
  const stage = stageOf(world, ask)
  const { id: account, username } = caller.account
  const actor = { account, username, clientId: caller.app.clientId }
  const container = containers.get(id)
  if (container) return containerNode(stage, container, asked)
  const found = media.get(id)
  return found && isShown(found, stage.now) ? mediaNode(stage, actor, found, asked) : undefined
}
