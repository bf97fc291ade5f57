import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { field } from '../../core/ask.ts'
import { GRAPH } from '../origins.ts'
import { BUSINESS_PEOPLE, BUSINESSES, PAGES, pageOf } from '../people/pages.ts'
import { type Grant, roleOn, type State } from '../state.ts'
import { graphError, noPermission, notThere } from './errors.ts'
import { type Field, parseFields } from './fields.ts'
import type { Caller, Resource } from './gate.ts'
import { isAnswer, pageNode, userNode } from './nodes.ts'

const STANDARD_LIMIT = 25
const MOST = 100

export const badFields = (): Answer =>
  graphError(400, { message: '(#2500) Syntax error "Expected end of string" in fields', code: 2500 })

export const fieldsIn = (params: URLSearchParams): Field[] | undefined => parseFields(field(params, 'fields') ?? '')

/** One page of a list, by cursor. The address of the next one has the token only where the question had it as a parameter. */
function paged<T>(
  { params }: Caller,
  path: string,
  all: readonly T[],
  show: (one: T) => Record<string, unknown> | Answer,
): Answer {
  const limit = Number(field(params, 'limit') ?? STANDARD_LIMIT)
  if (!Number.isInteger(limit) || limit < 1)
    return graphError(400, { message: '(#100) Param limit must be an integer greater than 0', code: 100 })
  const after = field(params, 'after')
  const from = after === undefined ? 0 : Number(Buffer.from(after, 'base64url').toString('utf8'))
  if (!Number.isInteger(from) || from < 0)
    return graphError(400, { message: '(#100) Invalid cursors values in after cursor', code: 100 })
  const size = Math.min(limit, MOST)
  const data: Record<string, unknown>[] = []
  for (const one of all.slice(from, from + size)) {
    const shown = show(one)
    if (isAnswer(shown)) return shown
    data.push(shown)
  }
  const cursor = (at: number) => Buffer.from(String(at)).toString('base64url')
  const cursors = { before: cursor(from), after: cursor(from + data.length) }
  const more = from + data.length < all.length
  const next = new URLSearchParams(params)
  next.set('after', cursors.after)
  // The real origin, as Meta writes it: a client that follows it elsewhere has let itself be led.
  const paging = { cursors, ...(more && { next: `${GRAPH}${path}?${next}` }) }
  return json(200, { data, ...(data.length > 0 && { paging }) })
}

/** A business's Page is shown among a person's own only with `business_management` (getopenpost/openpost 216). */
const inAccounts = (state: State, grant: Grant) => (id: string) => {
  const page = pageOf(id)
  const free = page?.owner === undefined || grant.granted.includes('business_management')
  return page !== undefined && free && roleOn(state, grant.member, id) !== undefined
}

export const accounts: Resource = (world, caller, ask) => {
  const { grant, token } = caller
  if (token.kind === 'page') return wrongNode('accounts')
  if (!grant.granted.includes('pages_show_list')) return noPermission('pages_show_list')
  const fields = fieldsIn(caller.params)
  if (!fields) return badFields()
  const shown = grant.pages.filter(inAccounts(world.state, grant)).map((id) => pageOf(id))
  const standard = fields.length > 0 ? fields : parseFields('access_token,category,name,id,tasks')
  return paged(caller, ask.path, shown, (page) =>
    page ? pageNode(world, caller, page, standard ?? []) : notThere('page'),
  )
}

export const businesses: Resource = (_world, caller, ask) => {
  const { grant, user, token } = caller
  if (token.kind === 'page') return wrongNode('businesses')
  if (!grant.granted.includes('business_management')) return noPermission('business_management')
  const mine = BUSINESSES.filter((one) => BUSINESS_PEOPLE[user.key]?.includes(one.id))
  return paged(caller, ask.path, mine, ({ id, name }) => ({ id, name }))
}

/** Pages that a business owns, or was given by a client: also such as the person has no role on, which have no token then. */
export const businessPages =
  (how: 'owned' | 'client'): Resource =>
  (world, caller, ask) => {
    const { grant, user } = caller
    const id = ask.params.id ?? ''
    if (!BUSINESS_PEOPLE[user.key]?.includes(id)) return notThere(id)
    if (!grant.granted.includes('business_management')) return noPermission('business_management')
    const fields = fieldsIn(caller.params)
    if (!fields) return badFields()
    const pages = PAGES.filter((page) => page.owner?.business === id && page.owner.how === how)
    return paged(caller, ask.path, pages, (page) => pageNode(world, caller, page, fields))
  }

/** `GET /{id}` and `GET /me`. */
export const node: Resource = (world, caller, ask) => {
  const fields = fieldsIn(caller.params)
  if (!fields) return badFields()
  const { user, token, grant } = caller
  const id = ask.params.id ?? (token.page === null ? user.id : token.page)
  if (id === user.id && token.kind === 'user') return answered(userNode(caller, user, fields))
  const page = pageOf(id)
  const seen = page && grant.pages.includes(id) && roleOn(world.state, grant.member, id) && (token.page ?? id) === id
  return seen ? answered(pageNode(world, caller, page, fields)) : notThere(id)
}

const answered = (shown: Record<string, unknown> | Answer): Answer => (isAnswer(shown) ? shown : json(200, shown))

const wrongNode = (edge: string): Answer =>
  graphError(400, { message: `(#100) Tried accessing nonexisting field (${edge}) on node type (Page)`, code: 100 })
