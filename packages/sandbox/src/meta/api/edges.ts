import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { badFields, noField, notThere } from '../../graph/errors.ts'
import { type Field, parseFields } from '../../graph/fields.ts'
import { paged } from '../../graph/paged.ts'
import { isAnswer } from '../../graph/project.ts'
import { businessOf, instagramOf, PAGES, pageOf } from '../people/pages.ts'
import { seesPage } from '../posts/as-page.ts'
import { objectAt } from '../posts/objects.ts'
import { roleOn } from '../state.ts'
import type { World } from '../world.ts'
import { addressOf } from './addresses.ts'
import { noPermission } from './errors.ts'
import type { Caller, Resource } from './gate.ts'
import { businessNode, instagramNode, ownId, pageNode, userNode } from './nodes.ts'

const fieldsIn = (params: URLSearchParams): Field[] | undefined => parseFields(field(params, 'fields') ?? '')

/** Whether the path means whom the token is of. */
const isOwn = (caller: Caller, ask: Ask): boolean => (ask.params.id ?? ownId(caller)) === ownId(caller)

/** A business's Page is shown among a person's own only with `business_management` (getopenpost/openpost 216). */
function inAccounts({ state }: World, { grant }: Caller, id: string): boolean {
  const role = roleOn(state, grant.member, id)
  const free = pageOf(id)?.owner === undefined || grant.granted.includes('business_management')
  return role !== undefined && role.byBusiness !== true && free
}

export const accounts: Resource = (world, caller, ask) => {
  const { grant, token, params } = caller
  if (token.kind === 'page') return noField('accounts', 'Page')
  if (!isOwn(caller, ask)) return notThere(ask.params.id ?? '')
  const fields = fieldsIn(params)
  if (!fields) return badFields()
  const may = grant.granted.includes('pages_show_list')
  if (!may && world.state.settings.listWithoutPermission === 'refused') return noPermission('pages_show_list')
  const shown = may ? grant.pages.filter((id) => inAccounts(world, caller, id)).flatMap((id) => pageOf(id) ?? []) : []
  const standard = fields.length > 0 ? fields : (parseFields('access_token,category,name,id,tasks') ?? [])
  return paged(addressOf(world, ask, ownId(caller), 'accounts'), params, shown, (page) =>
    pageNode(world, caller, page, standard),
  )
}

export const businesses: Resource = (world, caller, ask) => {
  const { grant, token, params } = caller
  if (token.kind === 'page') return noField('businesses', 'Page')
  if (!isOwn(caller, ask)) return notThere(ask.params.id ?? '')
  if (!grant.granted.includes('business_management')) return noPermission('business_management')
  const fields = fieldsIn(params)
  if (!fields) return badFields()
  const found = grant.businesses.flatMap((id) => businessOf(id) ?? [])
  return paged(addressOf(world, ask, ownId(caller), 'businesses'), params, found, (one) => businessNode(one, fields))
}

/** Pages that a business owns, or was given by a client: also such as the person has no role on, which have no token then. */
export const businessPages =
  (how: 'owned' | 'client'): Resource =>
  (world, caller, ask) => {
    const { grant, params } = caller
    const id = ask.params.id ?? ''
    if (!grant.businesses.includes(id)) return notThere(id)
    if (!grant.granted.includes('business_management')) return noPermission('business_management')
    const fields = fieldsIn(params)
    if (!fields) return badFields()
    const pages = PAGES.filter((page) => page.owner?.business === id && page.owner.how === how)
    return paged(addressOf(world, ask, id, `${how}_pages`), params, pages, (page) =>
      pageNode(world, caller, page, fields),
    )
  }

/** `GET /{id}` and `GET /me`. */
export const node: Resource = (world, caller, ask) => {
  const fields = fieldsIn(caller.params)
  if (!fields) return badFields()
  const { token } = caller
  const id = ask.params.id ?? token.page ?? ownId(caller)
  if (id === ownId(caller) && token.kind !== 'page') return answered(userNode(caller, fields))
  const found = pageAt(world, caller, id, fields) ?? otherAt(world, caller, id, fields)
  return answered(found ?? objectAt(world, caller, ask, id, fields) ?? notThere(id))
}

function pageAt(world: World, caller: Caller, id: string, fields: Field[]) {
  const page = pageOf(id)
  return page && seesPage(world.state, caller, id) ? pageNode(world, caller, page, fields) : undefined
}

/** An Instagram account that was ticked, through a Page that is seen; a business portfolio. */
function otherAt(world: World, caller: Caller, id: string, fields: Field[]) {
  const { grant, token } = caller
  const instagram = instagramOf(id)
  const behind = PAGES.some((page) => page.instagram?.id === id && seesPage(world.state, caller, page.id))
  if (instagram && behind && grant.instagrams.includes(id) && grant.granted.includes('instagram_basic'))
    return instagramNode(instagram, fields)
  const business = businessOf(id)
  const mine = grant.businesses.includes(id) && token.kind !== 'page'
  return business && mine && grant.granted.includes('business_management') ? businessNode(business, fields) : undefined
}

const answered = (shown: Record<string, unknown> | Answer): Answer => (isAnswer(shown) ? shown : json(200, shown))
