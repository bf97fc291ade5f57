import type { Answer, Ask } from '../core/ask.ts'
import { portrait } from '../core/portrait.ts'
import { MEDIA } from './origins.ts'
import { USERS, type User } from './people.ts'
import type { World } from './world.ts'

export const PICTURE_PATH = '/v/:id/picture'

export const pictureUrl = (world: World, user: User): string => `${world.origins[MEDIA] ?? MEDIA}/v/${user.id}/picture`

export const picture = (ask: Ask): Answer =>
  portrait(USERS.find((one) => one.id === ask.params.id && one.picture)?.name, '#8a2b6b')
