/**
 * Links that an agency sends to a client. Whoever holds one connects an account of theirs to the agency's workspace, which
 * the page says before anything is typed: unlike a connect session it is meant to be sent.
 */
import { type Engine, operators } from '../connections/engine.ts'
import { ownRegistrations } from '../connections/own-registration.ts'
import { MooringError } from '../error.ts'
import type { ConnectLinkRow } from '../store/connect-links.ts'
import { newRoutedSecret, sha256, workspaceOf } from './secrets.ts'
import { type Started, type StartRules, startFlow } from './start.ts'

const PREFIX = 'ml_'
const DAY_MS = 86_400_000
/** How long a link is good, in days, where nobody says. */
export const LINK_DAYS = 7
export const MOST_LINK_DAYS = 30

export interface NewLink {
  provider: string
  clientName: string
  reconnects?: string | undefined
  days?: number | undefined
  createdBy: string
}

/** The token is in this answer and nowhere else. Throws `provider_not_configured`, `not_found`. */
export async function makeLink(
  engine: Engine,
  workspace: string,
  wanted: NewLink,
): Promise<{ link: ConnectLinkRow; token: string }> {
  const row =
    wanted.reconnects === undefined ? undefined : await engine.store.connections.get(workspace, wanted.reconnects)
  if (wanted.reconnects !== undefined && row?.provider !== wanted.provider)
    throw new MooringError('not_found', 'There is no such connection.')
  await requireReady(engine, workspace, wanted.provider)
  const token = PREFIX + newRoutedSecret(workspace, engine.runtime.random)
  const now = engine.runtime.now()
  const link = await engine.store.connectLinks.create(workspace, {
    id: engine.runtime.uuid(),
    token_hash: sha256(token),
    provider: wanted.provider,
    client_name: wanted.clientName,
    reconnects: wanted.reconnects ?? null,
    created_by: wanted.createdBy,
    created_at: new Date(now),
    expires_at: new Date(now + (wanted.days ?? LINK_DAYS) * DAY_MS),
  })
  return { link, token }
}

/** By a link people sign in on our own page, which says who asks; consent at a platform goes by a connect session. */
async function requireReady(engine: Engine, workspace: string, provider: string): Promise<void> {
  const known = engine.registrations.find((one) => one.provider.id === provider)?.provider
  if (known && !known.credentials)
    throw new MooringError('invalid_request', `${known.name} is not connected by e-mail and password.`, {
      detail: 'For consent at a platform make a connect session.',
      fields: [{ path: 'provider', message: 'is connected by consent' }],
    })
  if ((await ownRegistrations(engine, workspace)).some((one) => one.provider.id === provider)) return
  const all = engine.registrations.filter((one) => one.provider.id === provider)
  operators(engine, (all.find((one) => one.client) ?? all[0])?.id ?? provider)
}

export const isLinkToken = (token: string): boolean => token.startsWith(PREFIX)

/** Undefined: none of ours. One that is over is answered with, too: its page says so. */
export async function linkOfToken(engine: Engine, token: string): Promise<ConnectLinkRow | undefined> {
  const workspace = isLinkToken(token) ? workspaceOf(token.slice(PREFIX.length)) : undefined
  return workspace === undefined ? undefined : engine.store.connectLinks.byToken(workspace, sha256(token))
}

export const linkState = (link: ConnectLinkRow, now: number): 'open' | 'used' | 'expired' =>
  link.used_at !== null ? 'used' : link.expires_at.getTime() <= now ? 'expired' : 'open'

/** Where a client ends who came by a link. */
export const LINK_RETURN = '/connect/done'

/** Throws `link_over` for one that was used or is over. */
export async function startByLink(engine: Engine, token: string, rules: StartRules): Promise<Started> {
  const link = await linkOfToken(engine, token)
  if (!link || linkState(link, engine.runtime.now()) !== 'open')
    throw new MooringError('link_over', 'This link was used already, or is over. Ask for a new one.')
  const result = await startFlow(
    engine,
    link.workspace_id,
    { id: `link:${link.id}`, name: link.client_name, byKey: false },
    {
      provider: link.provider,
      returnTo: LINK_RETURN,
      reconnect: link.reconnects ?? undefined,
      endUser: link.id,
      connectLink: link.id,
    },
    rules,
  )
  if ('reused' in result) throw new Error('nothing is reused by a link')
  return result.started
}
