import type { Answer } from '../../core/ask.ts'
import type { Field } from '../../graph/fields.ts'
import { project } from '../../graph/project.ts'
import { pictureUrl } from '../media/picture.ts'
import { pageToken } from '../oauth/issue.ts'
import type { Business, Instagram, Page } from '../people/pages.ts'
import { scopedId, systemId } from '../people/users.ts'
import { roleOn } from '../state.ts'
import type { World } from '../world.ts'
import { fieldClosed } from './errors.ts'
import type { Caller } from './gate.ts'

type Node = Record<string, unknown> | Answer

const portraitOf = (id: string, side = 50) => ({
  data: { height: side, is_silhouette: false, url: pictureUrl(id), width: side },
})

/** `picture.type(large)` and the other sizes. */
const sideOf = ({ modifiers }: Field): number =>
  ({ large: 200, normal: 100 })[/type\((\w+)\)/.exec(modifiers)?.[1] ?? ''] ?? 50

/** What `me` is to a token of a person or of a system user. */
export const ownId = ({ app, user, token }: Caller): string =>
  token.kind === 'system' ? systemId(app.clientId, user) : scopedId(app.clientId, user)

export function userNode(caller: Caller, asked: readonly Field[]): Node {
  const { grant, user, app, token } = caller
  const person = token.kind === 'user'
  return project(
    'User',
    {
      id: () => ownId(caller),
      name: () => (person ? user.name : `${app.name} System User`),
      email: () => (person && grant.granted.includes('email') ? user.email : undefined),
      first_name: () => (person ? user.name.split(' ')[0] : undefined),
      last_name: () => (person ? user.name.split(' ').at(-1) : undefined),
      picture: (field) => (person && user.picture ? portraitOf(user.id, sideOf(field)) : undefined),
    },
    asked,
    ['name', 'id'],
  )
}

export function pageNode(world: World, caller: Caller, page: Page, asked: readonly Field[]): Node {
  const { grant } = caller
  const holds = (permission: string) => grant.granted.includes(permission)
  const role = roleOn(world.state, grant.member, page.id)
  const ticked = grant.pages.includes(page.id)
  // Without the permission, the tick on the consent page, or a linked account, there is no such key at all.
  const seen = page.instagram && holds('instagram_basic') && grant.instagrams.includes(page.instagram.id)
  const connected = seen ? page.instagram : page.personal && holds('instagram_basic') ? page.personal : undefined
  return project(
    'Page',
    {
      id: () => page.id,
      name: () => page.name,
      username: () => page.username,
      category: () => 'Local business',
      tasks: () => role?.tasks,
      access_token: () => (role && ticked && holds('pages_show_list') ? pageToken(world, caller, page.id) : undefined),
      picture: (field) => portraitOf(page.id, sideOf(field)),
      link: () => `https://www.facebook.com/${page.username ?? page.id}`,
      followers_count: () => (holds('pages_read_engagement') ? 1204 : fieldClosed('pages_read_engagement')),
      instagram_business_account: ({ fields }) =>
        seen && page.instagram ? instagramNode(page.instagram, fields) : undefined,
      connected_instagram_account: ({ fields }) => connected && instagramNode(connected, fields),
    },
    asked,
    ['name', 'id'],
  )
}

export const instagramNode = (one: Instagram, asked: readonly Field[]): Node =>
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

export const businessNode = ({ id, name }: Business, asked: readonly Field[]): Node =>
  project('Business', { id: () => id, name: () => name }, asked, ['id', 'name'])
