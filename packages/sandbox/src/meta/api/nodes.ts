import type { Answer } from '../../core/ask.ts'
import { pictureUrl } from '../media/picture.ts'
import { pageToken } from '../oauth/issue.ts'
import type { Instagram, Page } from '../people/pages.ts'
import type { User } from '../people/users.ts'
import { roleOn } from '../state.ts'
import type { World } from '../world.ts'
import { noField } from './errors.ts'
import type { Field } from './fields.ts'
import type { Caller } from './gate.ts'

type Value = unknown
type Read = (field: Field) => Value | Answer

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'headers' in value && 'body' in value

/** Only what was asked, and `id` always; a field that the thing has not is left out; one that its kind has not is an error. */
export function project(
  node: string,
  reads: Readonly<Record<string, Read>>,
  asked: readonly Field[],
  standard: readonly string[],
): Record<string, Value> | Answer {
  const fields = asked.length > 0 ? asked : standard.map((name) => ({ name, modifiers: '', fields: [] }))
  const shown: Record<string, Value> = {}
  for (const field of fields) {
    const read = Object.hasOwn(reads, field.name) ? reads[field.name] : undefined
    if (!read) return noField(field.name, node)
    const value = read(field)
    if (isAnswer(value)) return value
    if (value !== undefined) shown[field.name] = value
  }
  const id = reads.id?.({ name: 'id', modifiers: '', fields: [] })
  return 'id' in shown ? shown : { ...shown, id }
}

const portraitOf = (id: string, side = 200) => ({
  data: { height: side, is_silhouette: false, url: pictureUrl(id), width: side },
})

export const userNode = ({ grant }: Caller, user: User, asked: readonly Field[]) =>
  project(
    'User',
    {
      id: () => user.id,
      name: () => user.name,
      email: () => (grant.granted.includes('email') ? user.email : undefined),
      first_name: () => user.name.split(' ')[0],
      picture: () => (user.picture ? portraitOf(user.id) : undefined),
    },
    asked,
    ['name', 'id'],
  )

export function pageNode(world: World, caller: Caller, page: Page, asked: readonly Field[]) {
  const { grant } = caller
  const holds = (permission: string) => grant.granted.includes(permission)
  const role = roleOn(world.state, grant.member, page.id)
  return project(
    'Page',
    {
      id: () => page.id,
      name: () => page.name,
      username: () => page.username,
      category: () => 'Local business',
      tasks: () => role?.tasks,
      access_token: () => (role && holds('pages_show_list') ? pageToken(world, caller, page.id) : undefined),
      picture: () => portraitOf(page.id),
      link: () => `https://www.facebook.com/${page.username ?? page.id}`,
      followers_count: () => 1204,
      // Without the permission, or without a linked professional account, there is no such key at all.
      instagram_business_account: ({ fields }) =>
        page.instagram && holds('instagram_basic') ? instagramNode(page.instagram, fields) : undefined,
      connected_instagram_account: ({ fields }) =>
        page.instagram && holds('instagram_basic') ? instagramNode(page.instagram, fields) : undefined,
    },
    asked,
    ['name', 'id'],
  )
}

export const instagramNode = (one: Instagram, asked: readonly Field[]) =>
  project(
    'IGUser',
    {
      id: () => one.id,
      username: () => one.username,
      name: () => one.name,
      profile_picture_url: () => pictureUrl(one.id),
      followers_count: () => 873,
      media_count: () => 41,
    },
    asked,
    ['id'],
  )
