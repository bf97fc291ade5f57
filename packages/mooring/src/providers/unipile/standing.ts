/** How an account stands. Pure. */
import { type ApiAnswer, isOk, list, text } from '../../provider.ts'
import type { Refused, SeatStanding } from '../../provider-credentials.ts'
import { UNREADABLE } from '../seats.ts'
import { refused } from './errors.ts'

function standingBy(answer: ApiAnswer, read: (body: unknown) => SeatStanding): SeatStanding | Refused {
  if (isOk(answer)) return text(answer.body, 'object') === 'Account' ? read(answer.body) : UNREADABLE
  const why = refused(answer)
  return why.why === 'gone' ? 'gone' : why
}

/** An account has several sources, and all must be OK. The worst of them counts. */
export const standingV1 = (answer: ApiAnswer): SeatStanding | Refused =>
  standingBy(answer, (body) => {
    const statuses = list(body, 'sources').map((source) => text(source, 'status'))
    const some = (...these: string[]) => statuses.some((status) => status !== undefined && these.includes(status))
    if (some('CREDENTIALS', 'PERMISSIONS')) return 'ended'
    if (some('STOPPED', 'ERROR')) return 'stopped'
    return statuses.length > 0 && statuses.every((status) => status === 'OK') ? 'ok' : 'connecting'
  })

/** The SDK's text has `error`, its enum `errored`. */
const V2: Readonly<Record<string, SeatStanding>> = {
  running: 'ok',
  disconnected: 'ended',
  errored: 'stopped',
  error: 'stopped',
  paused: 'stopped',
}

export const standingV2 = (answer: ApiAnswer): SeatStanding | Refused =>
  standingBy(answer, (body) => V2[text(body, 'status') ?? ''] ?? 'connecting')

/** Unipile says with a 2xx, too, that it did not start. */
export function restartedV1(answer: ApiAnswer): Refused | undefined {
  if (!isOk(answer)) return refused(answer)
  const object = text(answer.body, 'object')
  return object === 'AccountFailedToRestart' ? { is: 'refused', why: 'unavailable', code: object } : undefined
}
