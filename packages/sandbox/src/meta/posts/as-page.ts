import type { Answer, Ask } from '../../core/ask.ts'
import { notThere } from '../../graph/errors.ts'
import type { Caller } from '../api/gate.ts'
import { type Page, pageOf } from '../people/pages.ts'
import { roleOn, type State } from '../state.ts'
import { mayNotPost, notThePage } from './refusals.ts'

/** A Page's token sees its own Page alone. */
export const seesPage = (state: State, { grant, token }: Caller, id: string): boolean =>
  grant.pages.includes(id) && roleOn(state, grant.member, id) !== undefined && (token.page ?? id) === id

/** Any of these tasks lets a person publish (developers.facebook.com, "Posts" of the Pages API). */
const TASKS = ['CREATE_CONTENT', 'MANAGE', 'MODERATE'] as const

export function mayPublish(state: State, { grant }: Caller, page: string): boolean {
  const tasks = roleOn(state, grant.member, page)?.tasks ?? []
  return TASKS.some((one) => tasks.includes(one))
}

/** The Page that a path means: `me` is the Page whose token it is. */
export const pageIdIn = ({ token }: Caller, ask: Ask): string => ask.params.id ?? token.page ?? 'me'

export interface Deed {
  permission?: 'pages_manage_posts' | 'pages_manage_engagement'
  /** Nothing that people see at once. */
  unpublished?: boolean
}

/** The Page that acts, or why this caller may not act as it. */
export function actingPage(
  state: State,
  caller: Caller,
  id: string,
  method: string,
  { permission = 'pages_manage_posts', unpublished = false }: Deed = {},
): Page | Answer {
  const page = pageOf(id)
  if (!page || !seesPage(state, caller, id)) return notThere(id, method)
  if (caller.token.kind !== 'page') return unpublished ? notThePage() : mayNotPost()
  const { granted } = caller.grant
  const holds = granted.includes('pages_read_engagement') && granted.includes(permission)
  return holds && mayPublish(state, caller, id) ? page : mayNotPost()
}
