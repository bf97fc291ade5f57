import type { Answer, Ask } from '../../core/ask.ts'
import { portrait } from '../../core/portrait.ts'
import { MEDIA } from '../origins.ts'
import { USERS, type User } from '../people/users.ts'

export const PICTURE_PATH = '/profile_images/:id/:file'

/** `_normal` is the size that the API names. */
export const pictureUrl = (user: User): string | undefined =>
  user.picture ? `${MEDIA}/profile_images/${user.id}/${user.username}_normal.jpg` : undefined

/** Open to everybody, as the real ones are. */
export function picture(ask: Ask): Answer {
  const user = USERS.find((one) => one.id === ask.params.id && one.picture)
  return portrait(ask.params.file === `${user?.username}_normal.jpg` ? user?.name : undefined)
}
