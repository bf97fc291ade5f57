/** All that an operator asks for, as text without a secret: what the API tells holds none. Pure. */
import type { DeliveryDetail, Post } from '@mooring/react'
import { linesOf } from './lines.ts'

export function diagnosticsOf(post: Post, details: readonly DeliveryDetail[]): string {
  const head = [
    `Post ${post.id}`,
    `${post.state}, version ${post.version}`,
    ...(post.dueAt ? [`due ${post.dueAt}`] : []),
  ]
  return [head.join('\n'), ...details.map(oneOf)].join('\n\n')
}

function oneOf(detail: DeliveryDetail): string {
  const { id, account, state, externalId, permalink, problem } = detail
  return [
    `Delivery ${id}`,
    `${account.provider} ${account.kind} ${account.label}: ${state}`,
    ...(externalId === null ? [] : [`id there: ${externalId}`]),
    ...(permalink === null ? [] : [permalink]),
    ...(problem === null
      ? []
      : [`${problem.class} ${problem.providerCode ?? ''} ${problem.message}`.replace(/\s+/g, ' ')]),
    ...linesOf(detail).map(({ at, title, note, fact, excerpt }) =>
      [`  ${at} ${title}`, note, fact, excerpt].filter((part) => part !== undefined).join(' | '),
    ),
  ].join('\n')
}
