/** What became of each record, in a code and a sentence. Pure. */
import type { Provider } from '../provider.ts'
import type { Known } from './import-identity.ts'
import type { ImportedLife, ImportRecord, Standing } from './import-judge.ts'
import { longDate } from './standing.ts'

export type ImportOutcome = 'created' | 'updated' | 'unchanged' | 'kept' | 'skipped'

export interface ImportResult {
  ref: string
  outcome: ImportOutcome
  /** Stable: why, or how it stands. */
  code: string
  message: string
  connectionId: string | null
  workspaceId: string | null
  registration: string | null
  subject: string | null
  label: string | null
  /** Who said whose it is. */
  identity: 'platform' | 'source' | null
  accounts: number
}

export const skipped = ({ ref, label }: ImportRecord, code: string, message: string): ImportResult => ({
  ref,
  outcome: 'skipped',
  code,
  message,
  connectionId: null,
  workspaceId: null,
  registration: null,
  subject: null,
  label,
  identity: null,
  accounts: 0,
})

export interface Told {
  record: ImportRecord
  registration: { id: string; provider: Provider }
  known: Known
}

const OUTCOMES: Readonly<Record<Standing, ImportOutcome>> = {
  new: 'created',
  newer: 'updated',
  same: 'unchanged',
  older: 'unchanged',
  renewed_here: 'kept',
  disconnected_here: 'kept',
}

export function told(
  { record, registration, known }: Told,
  standing: Standing,
  connectionId: string | null,
  workspaceId: string | null,
  life: ImportedLife,
  accounts: number,
): ImportResult {
  const { code, message } = sentence(standing, registration.provider, life)
  return {
    ref: record.ref,
    outcome: OUTCOMES[standing],
    code,
    message,
    connectionId,
    workspaceId,
    registration: registration.id,
    subject: known.identity.subject,
    label: known.identity.label,
    identity: known.by,
    accounts,
  }
}

function sentence(standing: Standing, provider: Provider, life: ImportedLife): { code: string; message: string } {
  switch (standing) {
    case 'same':
      return { code: 'same_tokens', message: 'It is here already, with these tokens.' }
    case 'older':
      return { code: 'not_newer', message: 'What is here already is as new or newer.' }
    case 'renewed_here':
      return { code: 'renewed_here', message: 'Mooring has renewed or reconnected it since; it was left as it is.' }
    case 'disconnected_here':
      return {
        code: 'disconnected_here',
        message: 'It was disconnected here and stays so. Connect it again to have it back.',
      }
  }
  if (life.ended)
    return {
      code: 'ended',
      message: `Access has ended and there is no way to renew it: ${provider.name} must be reconnected.`,
    }
  if (!life.renewable)
    return {
      code: 'no_refresh_token',
      message: `It works until ${longDate(life.accessExpiresAt)}; there is no refresh token, so it must be reconnected then.`,
    }
  return { code: 'renews', message: 'It renews itself.' }
}
