import type { Answer, Ask } from '../../core/ask.ts'
import { portrait } from '../../core/portrait.ts'
import { MEDIA } from '../origins.ts'
import { PAGES } from '../people/pages.ts'
import { USERS } from '../people/users.ts'

export const PICTURE_PATH = '/v/:id/picture'

/** Real ones are signed and end; these are addressed by id. */
export const pictureUrl = (id: string): string => `${MEDIA}/v/${id}/picture`

const NAMES = new Map<string | undefined, string>([
  ...USERS.filter((one) => one.picture).map((one) => [one.id, one.name] as const),
  ...PAGES.map((one) => [one.id, one.name] as const),
  ...PAGES.flatMap(({ instagram, personal }) =>
    [instagram, personal].flatMap((one) => (one ? [[one.id, one.name] as const] : [])),
  ),
])

export const picture = (ask: Ask): Answer => portrait(NAMES.get(ask.params.id))
