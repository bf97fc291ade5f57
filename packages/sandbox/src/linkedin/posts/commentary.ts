import type { Answer } from '../../core/ask.ts'
import { fullName, MEMBERS } from '../people/members.ts'
import type { World } from '../world.ts'
import { authorName, authorOf } from './author.ts'
import { tooLong } from './errors.ts'
import { type Little, lengthOf, type NamesOf, readLittle } from './little-text.ts'

/** Microsoft Learn: ugc-post-api. */
export const COMMENTARY = 3000

/** An organization goes by its whole name, a member by the first, the last, or both (Microsoft Learn: little-text-format). */
const namesFor =
  (clientId: string): NamesOf =>
  (urn) => {
    const author = authorOf(clientId, urn)
    if (!author) return undefined
    if ('organization' in author) return [authorName(author)]
    const member = MEMBERS.find((one) => one.key === author.member)
    return member && [fullName(member), member.firstName, member.lastName]
  }

export function judgeCommentary(
  { state }: World,
  clientId: string,
  commentary: string,
  path: string,
): { little: Little } | { refused: Answer } {
  const { mentionMismatch, countBackslashes } = state.settings
  const little = readLittle(commentary, namesFor(clientId), mentionMismatch)
  const long = lengthOf(commentary, little, countBackslashes) > COMMENTARY
  return long ? { refused: tooLong(path, COMMENTARY) } : { little }
}
