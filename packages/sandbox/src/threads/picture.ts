import type { Answer, Ask } from '../core/ask.ts'
import { portrait } from '../core/portrait.ts'
import { MEDIA } from './origins.ts'
import { USERS, type User } from './people.ts'

export const PICTURE_PATH = '/v/:id/picture'

export const pictureUrl = (user: User): string => `${MEDIA}/v/${user.id}/picture`

export const picture = (ask: Ask): Answer =>
  portrait(USERS.find((one) => one.id === ask.params.id && one.picture)?.name)
