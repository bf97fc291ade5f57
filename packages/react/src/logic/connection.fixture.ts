import type { Candidate, Connection } from '../api.ts'

/** A healthy connection, with what a test wants different. */
export function connection(parts: Partial<Connection> = {}): Connection {
  return {
    id: 'c1',
    provider: 'harbour',
    registration: 'harbour',
    state: 'connected',
    identity: { subject: 's', label: 'Mara Lindqvist', handle: null, email: null, picture: null },
    accounts: [account('a1')],
    grantedScopes: [],
    missingScopes: [],
    accessTokenExpiresAt: null,
    refreshTokenExpiresAt: null,
    dataAccessEndsAt: null,
    renewsAt: null,
    renewable: true,
    health: { level: 'ok', message: 'Renews itself.', needsPersonAt: null, reason: 'renews' },
    problem: null,
    connectedBy: null,
    connectedAt: null,
    lastRefreshedAt: null,
    lastTestedAt: null,
    disconnectedAt: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  }
}

export const account = (subject: string) => ({
  id: `id-${subject}`,
  connectionId: 'c1',
  provider: 'harbour',
  kind: 'organization',
  subject,
  label: `Account ${subject}`,
  handle: null,
  picture: null,
  note: null,
  addedAt: '2026-01-01T00:00:00.000Z',
})

export const candidate = (id: string, parts: Partial<Candidate> = {}): Candidate => ({
  id,
  kind: 'organization',
  label: `Organization ${id}`,
  handle: null,
  picture: null,
  note: null,
  selectable: true,
  reason: null,
  connected: false,
  connection: null,
  elsewhere: [],
  ...parts,
})
