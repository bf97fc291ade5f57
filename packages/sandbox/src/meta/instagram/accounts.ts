import type { Ask } from '../../core/ask.ts'
import type { Actor } from '../../graph/instagram/book.ts'
import type { Caller } from '../api/gate.ts'
import { instagramOf, PAGES, type Page } from '../people/pages.ts'
import { seesPage } from '../posts/as-page.ts'
import type { State } from '../state.ts'

/** The account that an id is of: its own, or that of a container or a media. */
const ownerOf = ({ instagram: { containers, media } }: State, id: string): string | undefined =>
  instagramOf(id)?.id ?? containers.get(id)?.account ?? media.get(id)?.account

/** The Instagram account that a call is about, if it is about one. */
export const accountIn = (state: State, ask: Ask): string | undefined => ownerOf(state, ask.params.id ?? '')

const pageBehind = (account: string): Page | undefined => PAGES.find(({ instagram }) => instagram?.id === account)

/** A ticked account behind a Page that the caller sees. A person's token does, and the Page's own. */
export function actorOf(state: State, caller: Caller, id: string): (Actor & { page: string }) | undefined {
  const account = ownerOf(state, id)
  const page = account === undefined ? undefined : pageBehind(account)
  if (!page?.instagram || !seesPage(state, caller, page.id)) return undefined
  const { granted, instagrams } = caller.grant
  if (!instagrams.includes(page.instagram.id) || !granted.includes('instagram_basic')) return undefined
  const { id: own, username } = page.instagram
  return { account: own, username, clientId: caller.app.clientId, page: page.id }
}
