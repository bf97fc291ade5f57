/** What the two generations of the API have in common. */
import { type ApiAnswer, isOk, type Provider, text } from '../../provider.ts'
import type { CredentialsPort, Refused } from '../../provider-credentials.ts'
import { UNREADABLE } from '../seats.ts'
import { refused } from './errors.ts'

export type Api = Pick<Provider, 'identity' | 'accounts'> &
  Required<
    Pick<
      CredentialsPort,
      | 'checkKey'
      | 'begin'
      | 'solve'
      | 'resend'
      | 'anotherWay'
      | 'poll'
      | 'hosted'
      | 'standing'
      | 'restart'
      | 'remove'
      | 'announce'
    >
  >

export const done = (answer: ApiAnswer): Refused | undefined => (isOk(answer) ? undefined : refused(answer))

/** Without a key that opens it, or an address that is Unipile's, it is the operator's. */
export function keyJudged(answer: ApiAnswer): Refused | undefined {
  const why = done(answer)
  return why?.why === 'gone' ? { ...why, why: 'operator' } : why
}

/** The address of the service's own page. People are sent there: https alone. */
export function pageOf(answer: ApiAnswer, field: string): { url: string } | Refused {
  if (!isOk(answer)) return refused(answer)
  const url = text(answer.body, field)
  return url?.startsWith('https://') && URL.canParse(url) ? { url } : UNREADABLE
}
