import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { escapeHtml } from '../../core/page.ts'
import { MEDIA } from '../origins.ts'
import { USERS, type User } from '../people/users.ts'
import type { World } from '../world.ts'

export const PICTURE_PATH = '/profile_images/:id/:file'

/** `_normal` is the size that the API names. */
export const pictureUrl = (world: World, user: User): string | undefined =>
  user.picture ? `${world.origins[MEDIA] ?? MEDIA}/profile_images/${user.id}/${user.username}_normal.jpg` : undefined

function drawn(name: string): string {
  const initials = name
    .split(' ')
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><rect width="96" height="96" rx="48" fill="#2b3440"/><text x="48" y="60" fill="#fff" font-family="sans-serif" font-size="34" text-anchor="middle">${escapeHtml(initials)}</text></svg>`
}

/** Open to everybody, as the real ones are. */
export function picture(ask: Ask): Answer {
  const user = USERS.find((one) => one.id === ask.params.id && one.picture)
  if (!user || ask.params.file !== `${user.username}_normal.jpg`) return empty(404)
  const headers = {
    'content-type': 'image/svg+xml',
    'content-security-policy': "default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'max-age=86400',
  }
  return { status: 200, headers, body: drawn(user.name) }
}
