/** The one validator: for the console, the API, the command line, and again before anything is sent. */
import { isDeepStrictEqual } from 'node:util'
import { type Engine, knownAs } from '../connections/engine.ts'
import type { Counter, Issue, PostContent } from '../provider-publishing.ts'
import type { AccountRow } from '../store/accounts.ts'
import type { ConnectionRow } from '../store/connections.ts'
import type { DeliveryRow } from '../store/delivery-work.ts'
import { type MediaRow, mediaIn } from '../store/media-read.ts'
import type { StoredContent, StoredTarget } from '../store/schema-posts.ts'
import { type Acting, actingAs } from './acting.ts'
import { allFiles, filled, merged } from './content.ts'
import type { Publishing } from './publishing.ts'

/** What one account would say, and what stands against it. */
export interface Checked {
  accountId: string
  stored: StoredContent
  content: PostContent
  /** Undefined: there is no such account, or nothing can be published as it. */
  acting: Acting | undefined
  account: AccountRow | undefined
  connection: ConnectionRow | undefined
  issues: Issue[]
  counters: readonly Counter[]
}

export const isRefused = ({ issues }: Pick<Checked, 'issues'>): boolean =>
  issues.some((issue) => issue.severity === 'error')

/** In the order of the targets. */
export async function check(
  publishing: Publishing,
  workspace: string,
  content: StoredContent,
  targets: readonly StoredTarget[],
): Promise<Checked[]> {
  const { store } = publishing.engine
  const said = targets.map((target) => ({ target, stored: merged(content, target.override) }))
  const ids = [...new Set(said.flatMap(({ stored }) => mediaIn(stored)))]
  const [accounts, media] = await Promise.all([
    store.accounts.some(
      workspace,
      targets.map((target) => target.accountId),
    ),
    ids.length === 0 ? [] : store.posts.media(workspace, ids),
  ])
  const connections = await store.connections.some(workspace, [...new Set(accounts.map((one) => one.connection_id))])
  const all = said.map(({ target, stored }) => {
    const account = accounts.find((one) => one.id === target.accountId)
    const connection = account && connections.find((one) => one.id === account.connection_id)
    return judged(publishing, target.accountId, stored, account, connection, media)
  })
  const going: Checked[] = []
  return all.map((one) => {
    const twin = going.find((other) => goesThereToo(publishing.engine, other, one))
    if (twin) return { ...one, issues: [...one.issues, twinIssue(twin, one)] }
    if (!isRefused(one)) going.push(one)
    return one
  })
}

/** Two connections may lead to one account: the same post would stand there twice. */
function goesThereToo(engine: Pick<Engine, 'registrations'>, one: Checked, other: Checked): boolean {
  if (!one.account || !other.account) return false
  const said = ({ account, stored }: Checked) => ({ ...(account as AccountRow), content: stored })
  return isTwin(engine, said(one), said(other))
}

type Said = Pick<DeliveryRow, 'provider' | 'kind' | 'subject' | 'content'>

/** The same at one account, whoever leads to it. Pure. */
export const isTwin = (engine: Pick<Engine, 'registrations'>, one: Said, other: Said): boolean =>
  homeOf(engine, one) === homeOf(engine, other) && isDeepStrictEqual(one.content, other.content)

function homeOf({ registrations }: Pick<Engine, 'registrations'>, { provider, kind, subject }: Said): string {
  const publisher = registrations.find((one) => one.provider.id === provider)?.provider.publishing
  const shared = publisher?.sharedKinds?.includes(kind)
  return JSON.stringify([shared ? null : provider, kind, subject])
}

function twinIssue(first: Checked, { account }: Checked): Issue {
  const by = first.acting?.registration.provider.name ?? 'another connection'
  return {
    severity: 'error',
    code: 'account_twice',
    message: `${account?.label} is chosen already, through ${by}: it would be posted there twice. Take one of them out.`,
    at: 'account',
  }
}

function judged(
  publishing: Publishing,
  accountId: string,
  stored: StoredContent,
  account: AccountRow | undefined,
  connection: ConnectionRow | undefined,
  media: readonly MediaRow[],
): Checked {
  const { content, missing } = filled(stored, media)
  const acting = account && connection ? actingAs(publishing.engine, publishing.files, account, connection) : undefined
  const issues: Issue[] = missing.map((at) => ({
    severity: 'error',
    code: 'media_missing',
    message: 'This file is not here any more. Add it again.',
    at,
  }))
  const base = { accountId, stored, content, acting, account, connection }
  const refuse = (code: string, message: string) => issues.push({ severity: 'error', code, message, at: 'account' })
  if (!account || !connection) {
    refuse('account_unknown', 'There is no such account in this workspace.')
    return { ...base, issues, counters: [] }
  }
  if (!acting) {
    const name = knownAs(publishing.engine, connection.registration)?.provider.name ?? 'This platform'
    refuse('account_unusable', `${name} takes no posts as this account.`)
    return { ...base, issues, counters: [] }
  }
  const standing = standingIssue(connection, acting)
  if (standing) issues.push(standing)
  const told = acting.publisher.check(content, acting.as)
  return { ...base, issues: [...issues, ...told.issues, ...conversions(content, acting)], counters: told.counters }
}

/** A dead connection keeps no post from being scheduled: it waits, says so, and goes out after the reconnect. */
function standingIssue({ state }: ConnectionRow, { registration }: Acting): Issue | undefined {
  const { name } = registration.provider
  if (state === 'disconnected')
    return {
      severity: 'error',
      code: 'disconnected',
      message: `${name} was disconnected. Connect it again.`,
      at: 'account',
    }
  if (state === 'reauthorize')
    return {
      severity: 'warning',
      code: 'reauthorize',
      message: `${name} needs to be reconnected. Until then this post waits.`,
      at: 'account',
    }
  return undefined
}

function conversions(content: PostContent, { publisher, as }: Acting): Issue[] {
  const seen = new Set<string>()
  return allFiles(content).flatMap((media, place) => {
    const fit = seen.has(media.id) ? undefined : publisher.fit?.(media, content, as)
    seen.add(media.id)
    return fit
      ? [{ severity: 'warning' as const, code: 'media_converted', message: fit.why, at: `media.${place}` }]
      : []
  })
}
