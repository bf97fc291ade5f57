/** Rows of publishing as the API shows them. Pure. */

import type { Engine } from '../connections/engine.ts'
import { knownAs } from '../connections/engine.ts'
import type { Pictures } from '../connections/pictures/pictures.ts'
import { type Checked, isRefused } from '../publishing/check.ts'
import { deedsOf } from '../publishing/deeds.ts'
import type { Surroundings } from '../publishing/look.ts'
import { postState, riskOf } from '../publishing/post-state.ts'
import { shownAt } from '../publishing/posts.ts'
import type { Target } from '../publishing/targets.ts'
import type { DeliveryDetail } from '../store/deliveries.ts'
import type { DeliveryRow } from '../store/delivery-work.ts'
import type { MediaRow } from '../store/media-read.ts'
import type { WholePost } from '../store/posts.ts'
import type { BudgetRow } from '../store/publishing-settings.ts'

export interface ViewParts {
  engine: Pick<Engine, 'registrations' | 'runtime'>
  pictures: Pick<Pictures, 'addressOf'>
}

const time = (at: Date | null | undefined): string | null => at?.toISOString() ?? null

/** Of a platform that this server does not know any more, the id says what it was. */
const nameOf = ({ engine }: ViewParts, provider: string): string =>
  engine.registrations.find((one) => one.provider.id === provider)?.provider.name ?? provider

export const mediaView = (row: MediaRow) => ({
  id: row.id,
  kind: row.kind,
  mime: row.mime,
  fileName: row.file_name,
  bytes: Number(row.bytes),
  width: row.width,
  height: row.height,
  durationMs: row.duration_ms,
  pages: row.pages,
  url: `/api/v1/media/${row.id}/content`,
  preview: row.kind === 'image' || row.kind === 'gif' ? `/api/v1/media/${row.id}/preview` : null,
  createdAt: row.created_at.toISOString(),
})

const accountOf = (
  parts: ViewParts,
  row: Pick<DeliveryRow, 'workspace_id' | 'provider' | 'kind' | 'label' | 'handle' | 'picture'> & { id: string },
) => ({
  id: row.id,
  provider: row.provider,
  providerName: nameOf(parts, row.provider),
  kind: row.kind,
  label: row.label,
  handle: row.handle,
  picture: parts.pictures.addressOf(row.workspace_id, row.provider, row.picture),
})

export function deliveryView(parts: ViewParts, row: DeliveryRow, { connections, nextTries, left }: Surroundings) {
  const connection = row.connection_id === null ? undefined : connections.get(row.connection_id)
  const publisher = knownAs(parts.engine, connection?.registration)?.provider.publishing
  return {
    id: row.id,
    postId: row.post_id,
    // An account that is gone is called by its delivery.
    account: accountOf(parts, { ...row, id: row.account_id ?? row.id }),
    connectionId: row.connection_id,
    state: row.state,
    dueAt: time(row.due_at),
    nextTryAt: time(nextTries.get(row.id)),
    publishedAt: time(row.published_at),
    externalId: row.external_id,
    permalink: row.permalink,
    warning: row.warning,
    problem:
      row.fault_class === null
        ? null
        : { class: row.fault_class, providerCode: row.fault_code, message: row.fault_message ?? '' },
    atRisk: riskOf(row, connection, nameOf(parts, row.provider)),
    actions: deedsOf(row, publisher?.remove !== undefined, left.has(row.id)),
    updatedAt: row.updated_at.toISOString(),
  }
}

export function postView(parts: ViewParts, { post, deliveries, media }: WholePost, around: Surroundings) {
  return {
    id: post.id,
    state: postState(post.draft, deliveries, parts.engine.runtime.now()),
    content: post.content as unknown as Record<string, unknown>,
    targets: post.targets.map(({ accountId, override }) => ({
      accountId,
      ...(override ? { override: override as Record<string, unknown> } : {}),
    })),
    at: shownAt(post),
    dueAt: time(post.due_at),
    version: post.version,
    media: media.map(mediaView),
    deliveries: deliveries.map((row) => deliveryView(parts, row, around)),
    createdAt: post.created_at.toISOString(),
    createdBy: post.created_by,
    updatedAt: post.updated_at.toISOString(),
  }
}

/** `operator`: sees what the platform said. */
export function detailView(
  parts: ViewParts,
  { delivery, attempts, steps }: DeliveryDetail,
  around: Surroundings,
  operator: boolean,
) {
  return {
    ...deliveryView(parts, delivery, around),
    content: delivery.content as unknown as Record<string, unknown>,
    attempts: attempts.map((row) => ({
      id: row.id,
      number: row.number,
      part: row.part,
      startedAt: row.started_at.toISOString(),
      endedAt: time(row.ended_at),
      outcome: row.outcome,
      status: row.status,
      providerCode: row.provider_code,
      message: row.message,
      excerpt: operator ? row.excerpt : null,
    })),
    steps: steps.map(({ at, name, status, message }) => ({
      at: new Date(at as unknown as Date).toISOString(),
      name,
      status,
      message,
    })),
  }
}

export const checkView = (checked: readonly Checked[]) => ({
  accounts: checked.map((one) => ({
    accountId: one.accountId,
    ok: !isRefused(one),
    issues: one.issues.map((issue) => ({ ...issue })),
    counters: one.counters.map((counter) => ({ ...counter })),
  })),
})

export const targetView = (parts: ViewParts, { account, connection, features, unusable }: Target) => ({
  account: accountOf(parts, account),
  connection: { id: connection.id, state: connection.state, label: connection.label },
  unusable,
  needsPersonAt: time(connection.needs_person_at),
  features: {
    ...features,
    visibility: [...features.visibility],
    formats: [...features.formats],
    poll: features.poll && {
      ...features.poll,
      minutes: 'least' in features.poll.minutes ? features.poll.minutes : [...features.poll.minutes],
    },
  },
})

export function budgetView(parts: ViewParts, row: BudgetRow, accounts: ReadonlySet<string>) {
  const held = row.holder === '' ? null : row.holder
  return {
    provider: knownAs(parts.engine, row.registration)?.provider.id ?? '',
    registration: row.registration,
    connectionId: held !== null && !accounts.has(held) ? held : null,
    accountId: held !== null && accounts.has(held) ? held : null,
    endpoint: row.endpoint,
    limit: row.limit_of,
    remaining: Math.max(0, row.remaining),
    resetsAt: row.resets_at.toISOString(),
    known: row.known,
  }
}
