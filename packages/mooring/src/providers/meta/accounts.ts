/** Pages, and the Instagram accounts behind them, each with its Page's token. Sources: "Pages API", "User accounts", public reports on business portfolios. */
import { type ApiContext, type DiscoveredAccount, list, member, stringsIn, text } from '../../provider.ts'
import { graph } from './graph.ts'

const FIELDS =
  'id,name,username,access_token,tasks,picture.type(large),instagram_business_account{id,username,name,profile_picture_url}'
const PAGE_SIZE = 100
/** A list that never ends is given up after so many. */
const MOST_PAGES = 100
/** Page tasks of which one is needed to publish ("Posts"). */
const PUBLISHES = ['CREATE_CONTENT', 'MANAGE', 'MODERATE']

export async function accounts(context: ApiContext): Promise<DiscoveredAccount[]> {
  if (!context.scopes.includes('pages_show_list')) return []
  const pages = new Map<string, unknown>()
  const take = (found: unknown[]) => {
    for (const page of found) {
      const id = text(page, 'id')
      if (id !== undefined && !pages.has(id)) pages.set(id, page)
    }
  }
  take(await all(context, `me/accounts?fields=${FIELDS}`))
  for (const path of await businessPaths(context)) take(await unlessRefused(all(context, path)))
  return [...pages.values()].flatMap((page) => asAccounts(context, page))
}

/** A Page that is reached by a business alone is in no list of the person's own. */
async function businessPaths(context: ApiContext): Promise<string[]> {
  if (!context.scopes.includes('business_management')) return []
  const found = await unlessRefused(all(context, 'me/businesses?fields=id,name'))
  return found.flatMap((one) => {
    const id = text(one, 'id')
    return id === undefined || !/^\d+$/.test(id)
      ? []
      : [`${id}/owned_pages?fields=${FIELDS}`, `${id}/client_pages?fields=${FIELDS}`]
  })
}

/** All pages of a list. The cursor is taken and not the address: an answer must not lead anywhere else. */
async function all(context: ApiContext, path: string): Promise<unknown[]> {
  const found: unknown[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const cursor = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const { body } = await context.call({ url: `${graph(context.settings, path)}&limit=${PAGE_SIZE}${cursor}` })
    found.push(...list(body, 'data'))
    const next = text(body, 'paging', 'next')
    const cursorAfter = text(body, 'paging', 'cursors', 'after')
    if (next === undefined || cursorAfter === undefined || cursorAfter === after) break
    after = cursorAfter
  }
  return found
}

/** A refusal that concerns this list alone; what concerns the whole authorization is thrown on. */
async function unlessRefused(asked: Promise<unknown[]>): Promise<unknown[]> {
  try {
    return await asked
  } catch (error) {
    if (['permission', 'provider_answer_invalid'].includes((error as { code?: string }).code ?? '')) return []
    throw error
  }
}

function asAccounts({ scopes }: ApiContext, page: unknown): DiscoveredAccount[] {
  const id = text(page, 'id')
  if (id === undefined) return []
  const name = text(page, 'name') ?? `Page ${id}`
  const token = text(page, 'access_token')
  const own: DiscoveredAccount = {
    kind: 'page',
    subject: id,
    label: name,
    handle: text(page, 'username'),
    picture: text(page, 'picture', 'data', 'url'),
    note: 'Facebook Page',
    token,
  }
  const barred = barrier(page, token)
  const without = (scope: string, what: string) =>
    scopes.includes(scope) ? undefined : `The permission to post ${what} is missing.`
  const found = [{ ...own, ...unusable(barred ?? without('pages_manage_posts', 'as Pages')) }]
  const instagram = member(page, 'instagram_business_account')
  const instagramId = text(instagram, 'id')
  if (instagramId === undefined) return found
  const username = text(instagram, 'username')
  return [
    ...found,
    {
      kind: 'instagram',
      subject: instagramId,
      label: text(instagram, 'name') ?? username ?? `Instagram ${instagramId}`,
      handle: username,
      picture: text(instagram, 'profile_picture_url'),
      note: `Instagram, by the Page ${name}`,
      token,
      ...unusable(barred ?? without('instagram_content_publish', 'on Instagram')),
    },
  ]
}

const unusable = (reason: string | undefined) => (reason === undefined ? {} : { unusable: reason })

/** Where no tasks are told, Facebook has the last word when something is posted. */
function barrier(page: unknown, token: string | undefined): string | undefined {
  const tasks = stringsIn(page, 'tasks')
  if (token === undefined) return 'You have no role on this Page. Ask its admin for one that may create content.'
  if (tasks !== undefined && !tasks.some((task) => PUBLISHES.includes(task)))
    return 'Your role on this Page cannot post. Ask its admin for one that may create content.'
  return undefined
}
