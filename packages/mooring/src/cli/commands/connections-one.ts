/** One connection with its history, as text. Pure. */
import { z } from 'zod'
import { facts, inDays, plain, stamp, table, timeLeft } from '../format.ts'
import { ConnectionShape } from '../shapes.ts'

const time = z.string().nullable().optional()

export const OneShape = z.looseObject({
  ...ConnectionShape.shape,
  health: z.object({ message: z.string(), level: z.string(), needsPersonAt: time }),
  missingScopes: z.array(z.object({ scope: z.string() })),
  refreshTokenExpiresAt: time,
  renewsAt: time,
  dataAccessEndsAt: time,
  problem: z
    .object({
      code: z.string(),
      message: z.string(),
      operatorDetail: z.string().nullable(),
      providerCode: z.string().nullable(),
      since: z.string(),
      failures: z.number(),
      nextTryAt: z.string().nullable(),
    })
    .nullable(),
  connectedBy: z.string().nullable(),
  connectedAt: time,
  lastRefreshedAt: time,
})

export const EventShape = z.looseObject({ at: z.string(), type: z.string(), actor: z.string(), message: z.string() })

type One = z.infer<typeof OneShape>

export function one(found: One, events: readonly z.infer<typeof EventShape>[], more: boolean, now: number): string {
  const date = (at: string | null | undefined) => (at ? inDays(at, now) : undefined)
  const { problem } = found
  return [
    `${plain(found.identity.label)} (${found.registration})`,
    facts([
      ['connection', found.id],
      ['state', found.state],
      ['health', found.health.message],
      ['needs a person', date(found.health.needsPersonAt)],
      ['token ends', found.accessTokenExpiresAt ? date(found.accessTokenExpiresAt) : 'no end known'],
      ['renewed from', date(found.renewsAt)],
      ['renewable until', date(found.refreshTokenExpiresAt)],
      ['consent ends', date(found.dataAccessEndsAt)],
      ['last renewed', found.lastRefreshedAt && stamp(found.lastRefreshedAt)],
      ['connected', found.connectedAt && `${stamp(found.connectedAt)} by ${found.connectedBy ?? 'nobody known'}`],
      ['accounts', found.accounts.map((account) => `${account.label} (${account.kind})`).join(', ')],
      ['not granted', found.missingScopes.map((scope) => scope.scope).join(', ')],
      ['problem', problem?.message],
      ['code', problem && [problem.code, problem.providerCode].filter(Boolean).join(', ')],
      ['detail', problem?.operatorDetail],
      ['since', problem && `${stamp(problem.since)}, ${problem.failures} failure${problem.failures === 1 ? '' : 's'}`],
      ['next try', problem?.nextTryAt && `in ${timeLeft(problem.nextTryAt, now)}`],
    ]),
    '',
    table(
      ['WHEN (UTC)', 'WHAT', 'WHO', ''],
      events.map((event) => [stamp(event.at), event.type, event.actor, event.message]),
    ),
    ...(more ? ['  and older ones'] : []),
  ].join('\n')
}
