/** Whom imported tokens stand for: the platform's word where it can be had, else the source's id where it has the right form. */
import { isMooringError, type MooringError } from '../error.ts'
import type { DiscoveredAccount, Identity } from '../provider.ts'
import { judgedCall, placeOf } from './discover.ts'
import type { ConfiguredRegistration, Engine } from './engine.ts'
import type { Alive, ImportRecord } from './import-judge.ts'

export interface Known {
  identity: Identity
  by: 'platform' | 'source'
  alive: Alive
  /** What it can act as, asked anew. Empty where only the source was believed. */
  accounts: () => Promise<DiscoveredAccount[]>
}

/** So many answers in a row that a platform does not give, and it is asked no more in this request. */
const PATIENCE = 3

export type Asker = ReturnType<typeof createAsker>

/** For one request. `offline`: no platform is asked anything. */
export function createAsker(engine: Engine, offline: boolean) {
  const silent = new Map<string, number>()
  return async (
    record: ImportRecord,
    registration: ConfiguredRegistration,
    scopes: readonly string[],
  ): Promise<Known | { unknown: string }> => {
    const { provider } = registration
    const bySource = (alive: Alive, why: string): Known | { unknown: string } => {
      const subject = record.subject === null ? undefined : provider.subjectFrom?.(record.subject)
      if (subject !== undefined)
        return { identity: { subject, label: record.label ?? subject }, by: 'source', alive, accounts: async () => [] }
      const id = record.subject === null ? 'the source has no id of them' : `the source's id is none of a person there`
      return { unknown: `${why}, and ${id}.` }
    }
    if (offline) return bySource('unknown', `${provider.name} was not asked`)
    if (record.accessToken === null) return bySource('unknown', 'There is no access token to ask with')
    if ((silent.get(provider.id) ?? 0) >= PATIENCE) return bySource('unknown', `${provider.name} is not answering`)
    const context = {
      call: judgedCall(engine, registration, record.accessToken, false),
      scopes,
      settings: registration.settings,
      ...placeOf(registration, record.accessToken),
    }
    try {
      const identity = await provider.identity(context)
      silent.delete(provider.id)
      return { identity, by: 'platform', alive: 'yes', accounts: () => provider.accounts(context, identity) }
    } catch (error) {
      if (!isMooringError(error)) throw error
      if (error.code === 'reauthorize') return bySource('no', `${provider.name} refuses the token`)
      if (error.code === 'permission') return bySource('unknown', `${provider.name} does not say whose the token is`)
      silent.set(provider.id, (silent.get(provider.id) ?? 0) + 1)
      return bySource('unknown', saidNothing(provider.name, error))
    }
  }
}

const saidNothing = (name: string, error: MooringError): string =>
  error.code === 'provider_rate_limited' ? `${name} asked us to slow down` : `${name} is not answering`
