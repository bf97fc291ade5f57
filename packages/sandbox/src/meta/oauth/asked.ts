import { ASSETS, type Asset } from '../apps.ts'
import { type Business, businessesOf, businessOf, type Instagram, type Page, pageOf } from '../people/pages.ts'
import type { User } from '../people/users.ts'
import { type Grant, grantOf, type State } from '../state.ts'
import type { DialogRequest } from './request.ts'

/** What the consent page puts to a person. */
export interface Asked {
  permissions: string[]
  pages: Page[]
  instagrams: Instagram[]
  businesses: Business[]
}

/** The consent that still holds. Who removed the app is asked as somebody new. */
export function livingGrant(state: State, request: DialogRequest, user: User): Grant | undefined {
  const grant = grantOf(state, request.app.clientId, user.key)
  return grant?.ended === null ? grant : undefined
}

/** What was declined once is not asked again, unless it is asked for in so many words; nor what has Standard Access alone, of strangers. */
function permissionsFor(
  { permissions, again, configuration, app }: DialogRequest,
  user: User,
  grant?: Grant,
): string[] {
  const mine = permissions.filter((one) => !app.standard.includes(one) || app.roles.includes(user.key))
  if (configuration || again) return mine
  return mine.filter((one) => !grant?.declined.includes(one))
}

export function askedOf(state: State, request: DialogRequest, user: User): Asked {
  const permissions = permissionsFor(request, user, livingGrant(state, request, user))
  const assets: readonly Asset[] = request.configuration?.assets ?? ASSETS
  const wants = (asset: Asset, pattern: RegExp) =>
    assets.includes(asset) && permissions.some((one) => pattern.test(one))
  const pages = state.roles.filter((role) => role.member === user.key).flatMap((role) => pageOf(role.page) ?? [])
  return {
    permissions,
    pages: wants('pages', /^(pages|instagram)_/) ? pages : [],
    instagrams: wants('instagram', /^instagram_/) ? pages.flatMap((page) => page.instagram ?? []) : [],
    businesses: wants('businesses', /^business_management$/)
      ? businessesOf(user.key).flatMap((id) => businessOf(id) ?? [])
      : [],
  }
}

type Ticked = (box: string) => boolean

/** What is kept of one kind: what was asked now goes by its tick, the rest stays as it was given before. */
const kept = (before: readonly string[], asked: readonly { id: string }[], kind: string, ticked: Ticked): string[] => [
  ...asked.filter(({ id }) => ticked(`${kind}:${id}`)).map(({ id }) => id),
  ...before.filter((id) => !asked.some((one) => one.id === id)),
]

export function given(request: DialogRequest, asked: Asked, before: Grant | undefined, ticked: Ticked) {
  const whole = request.configuration !== undefined
  const yes = asked.permissions.filter((one) => whole || one === 'public_profile' || ticked(`scope:${one}`))
  const no = asked.permissions.filter((one) => !yes.includes(one))
  const granted = [...yes, ...(before?.granted ?? []).filter((one) => !asked.permissions.includes(one))]
  return {
    granted,
    declined: [...new Set([...(before?.declined ?? []), ...no])].filter((one) => !granted.includes(one)),
    pages: kept(before?.pages ?? [], asked.pages, 'page', ticked),
    instagrams: kept(before?.instagrams ?? [], asked.instagrams, 'instagram', ticked),
    businesses: kept(before?.businesses ?? [], asked.businesses, 'business', ticked),
  }
}
