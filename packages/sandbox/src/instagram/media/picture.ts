import type { Answer, Ask } from '../../core/ask.ts'
import { portrait } from '../../core/portrait.ts'
import { MEDIA } from '../origins.ts'
import { ACCOUNTS } from '../people/accounts.ts'

export const PICTURE_PATH = '/v/:id/picture'

/** Real ones are signed and end; these are addressed by id. */
export const pictureUrl = (id: string): string => `${MEDIA}/v/${id}/picture`

const NAMES = new Map<string | undefined, string>(
  ACCOUNTS.filter((one) => one.picture).map((one) => [one.id, one.name] as const),
)

export const picture = (ask: Ask): Answer => portrait(NAMES.get(ask.params.id))
