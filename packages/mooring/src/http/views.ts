/** Rows as the API shows them. Nothing sealed passes here. Pure. */
import type { z } from '@hono/zod-openapi'
import { modeOf } from '../access/key-format.ts'
import type { Ending } from '../connections/forecast.ts'
import { health } from '../connections/health.ts'
import type { Pictures } from '../connections/pictures/pictures.ts'
import { renewAt } from '../connections/standing.ts'
import type { FlowView } from '../flows/view.ts'
import { beforeConnect, describeScope, type Registration } from '../provider.ts'
import type { ApiKeyRow } from '../store/access.ts'
import type { AccountRow } from '../store/accounts.ts'
import type { AlertRow } from '../store/alerts.ts'
import type { ConnectionRow } from '../store/connections.ts'
import type { EventRow } from '../store/events.ts'
import type * as schemas from './schemas.ts'

type View<T extends z.ZodType> = z.infer<T>
/** Pictures go out by addresses of ours. */
type Shown = Pick<Pictures, 'addressOf'>
const time = (at: Date | null): string | null => (at === null ? null : at.toISOString())

export const accountView = (row: AccountRow, pictures: Shown): View<typeof schemas.Account> => ({
  id: row.id,
  connectionId: row.connection_id,
  provider: row.provider,
  kind: row.kind,
  subject: row.subject,
  label: row.label,
  handle: row.handle,
  picture: pictures.addressOf(row.workspace_id, row.provider, row.picture),
  note: row.note,
  addedAt: row.added_at.toISOString(),
})

const scopeViews = (registration: Registration | undefined, scopes: readonly string[]) =>
  scopes.map((scope) =>
    registration ? describeScope(registration.provider, scope) : { scope, allows: scope, without: '' },
  )

const missing = (asked: readonly string[], granted: readonly string[]) =>
  asked.filter((scope) => !granted.includes(scope))

export function connectionView(
  row: ConnectionRow,
  accounts: readonly AccountRow[],
  registration: Registration | undefined,
  now: number,
  /** The registrations that their platforms refuse. */
  refused: ReadonlySet<string>,
  pictures: Shown,
): View<typeof schemas.Connection> {
  const forecast = health(row, registration, now, refused.has(row.registration))
  return {
    id: row.id,
    provider: row.provider,
    registration: row.registration,
    state: row.state,
    identity: {
      subject: row.subject,
      label: row.label,
      handle: row.handle,
      email: row.email,
      picture: pictures.addressOf(row.workspace_id, row.provider, row.picture),
    },
    accounts: accounts.filter((one) => one.connection_id === row.id).map((one) => accountView(one, pictures)),
    grantedScopes: row.granted_scopes,
    missingScopes: scopeViews(registration, missing(row.requested_scopes, row.granted_scopes)),
    accessTokenExpiresAt: time(row.access_expires_at),
    refreshTokenExpiresAt: time(row.refresh_expires_at),
    renewsAt: renewsAt(row, registration),
    dataAccessEndsAt: time(row.data_access_ends_at),
    renewable: row.refresh_token !== null && row.refresh_refused_at === null,
    health: { ...forecast, needsPersonAt: time(forecast.needsPersonAt) },
    problem:
      row.problem_code === null
        ? null
        : {
            code: row.problem_code,
            message: row.problem_message ?? '',
            operatorDetail: row.problem_detail,
            providerCode: row.problem_provider_code,
            since: (row.problem_since ?? row.created_at).toISOString(),
            failures: row.failures,
            nextTryAt: time(row.next_try_at),
          },
    connectedBy: row.connected_by,
    connectedAt: time(row.connected_at),
    lastRefreshedAt: time(row.last_refreshed_at),
    lastTestedAt: time(row.last_tested_at),
    disconnectedAt: time(row.disconnected_at),
    createdAt: row.created_at.toISOString(),
  }
}

function renewsAt(row: ConnectionRow, registration: Registration | undefined): string | null {
  const renews = row.state === 'connected' || row.state === 'failing'
  if (!registration || !renews || row.refresh_token === null || row.refresh_refused_at !== null) return null
  const at = renewAt({ ...row, issued_at: row.last_refreshed_at ?? row.connected_at }, registration.provider)
  return at === null ? null : new Date(at).toISOString()
}

export function flowView(
  view: FlowView,
  registration: Registration | undefined,
  connection: ConnectionRow | undefined,
  candidates: View<typeof schemas.Candidate>[],
  credentials: View<typeof schemas.Flow>['credentials'],
): View<typeof schemas.Flow> {
  const { row } = view
  const consented = row.connection_id !== null
  return {
    id: row.id,
    kind: row.kind,
    provider: row.provider,
    registration: row.registration,
    state: row.state,
    checkpoint: row.state !== 'checkpoint' ? null : consented ? 'accounts' : (row.checkpoint?.type ?? null),
    outcome: row.outcome,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? '', operatorDetail: row.error_detail },
    connectionId: row.connection_id,
    identity: connection ? { label: connection.label, handle: connection.handle } : null,
    candidates,
    credentials,
    requestedScopes: scopeViews(registration, row.requested_scopes),
    missingScopes: consented ? scopeViews(registration, missing(row.requested_scopes, row.granted_scopes)) : [],
    reconnects: row.reconnects,
    returnTo: row.return_to,
    clientState: row.client_state,
    startedAt: row.started_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}

/** What to do at the provider. An app of a workspace's own is entered, and set in no environment. Pure. */
export function stepsOf({ app, own, redirectUri }: Registration): string[] {
  const steps = own ? app.setup.filter((line) => !line.includes(`${app.envPrefix}_`)) : app.setup
  return steps.map((line) => line.replaceAll('{redirectUri}', redirectUri))
}

export function registrationView(registration: Registration, now: number): View<typeof schemas.Registration> {
  const { app, provider } = registration
  return {
    id: registration.id,
    name: app.name,
    when: app.when,
    configured: registration.client !== undefined || registration.own === true,
    own: registration.own === true,
    simulated: registration.simulated,
    keyed: provider.credentials !== undefined,
    redirectUri: registration.redirectUri,
    scopes: registration.scopes.map((scope) => describeScope(provider, scope)),
    setup: stepsOf(registration),
    env: [...registration.env],
    notices: provider.notices?.(registration.settings, now) ?? [],
  }
}

/** `below`: the path at which a host has us, without a slash at its end. */
export function providerViews(
  registrations: readonly Registration[],
  now: number,
  below: string,
): View<typeof schemas.Provider>[] {
  // In our order, whatever of theirs comes first.
  const providers = [...new Set(registrations.filter((one) => !one.own).map((one) => one.provider))]
  return providers.map((provider) => {
    const own = registrations.filter((one) => one.provider === provider)
    return {
      id: provider.id,
      name: provider.name,
      configured: own.some((one) => one.client || one.own),
      simulated: own.some((one) => one.simulated),
      credentials: provider.credentials !== undefined,
      docs: `${below}${provider.docs}`,
      beforeConnect: beforeConnect(provider),
      notListed: [...(provider.notListed ?? [])],
      registrations: own.map((one) => registrationView(one, now)),
    }
  })
}

export const endingView = (one: Ending, postsAfter: number): View<typeof schemas.Forecast>['data'][number] => ({
  at: one.at.toISOString(),
  who: one.who,
  reason: one.reason,
  message: one.message,
  provider: one.provider,
  registration: one.registration,
  connection: one.connection,
  postsAfter,
})

export const alertView = (
  row: AlertRow,
  registration: Registration | undefined,
  operator: boolean,
): View<typeof schemas.Alerts>['data'][number] => ({
  registration: row.registration,
  provider: registration?.provider.id ?? null,
  code: row.code,
  message: row.message,
  operatorDetail: operator ? row.detail : null,
  providerCode: row.provider_code,
  since: row.since.toISOString(),
  lastAt: row.last_at.toISOString(),
  times: row.times,
  nextTryAt: row.next_try_at.toISOString(),
})

export const eventView = (row: EventRow): View<typeof schemas.Event> => ({
  id: row.id,
  at: row.at.toISOString(),
  type: row.type,
  actor: row.actor,
  message: row.message,
  connectionId: row.connection_id,
})

export const apiKeyView = (row: ApiKeyRow): View<typeof schemas.ApiKey> => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes as View<typeof schemas.ApiKey>['scopes'],
  mode: modeOf(row.prefix),
  workspaceId: row.workspace_id,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  expiresAt: time(row.expires_at),
  lastUsedAt: time(row.last_used_at),
})
