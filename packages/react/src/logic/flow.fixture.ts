import type { Flow, FlowCredentials } from '../api.ts'

/** A flow by credentials at its form, with what a test wants different. */
export function flow(parts: Partial<Flow> = {}, credentials: Partial<FlowCredentials> = {}): Flow {
  return {
    id: 'f1',
    kind: 'credentials',
    provider: 'harbour',
    registration: 'harbour',
    state: 'pending',
    checkpoint: null,
    outcome: null,
    error: null,
    connectionId: null,
    identity: null,
    candidates: [],
    requestedScopes: [],
    missingScopes: [],
    reconnects: null,
    returnTo: '/connect/return',
    clientState: null,
    startedAt: '2026-11-28T09:59:00.000Z',
    expiresAt: '2026-11-28T10:29:00.000Z',
    ...parts,
    credentials: {
      status: 'pending',
      service: 'Pilot',
      platform: 'Harbour',
      ways: { password: true, existing: false, hosted: true },
      unverified: null,
      keepsPassword: false,
      method: null,
      attemptEndsAt: null,
      resendAt: null,
      anotherWay: false,
      attemptsLeft: 5,
      attemptsAgainAt: null,
      retry: null,
      docs: '/docs/providers/harbour',
      asker: { name: 'Larkspur', logo: null },
      ...credentials,
    },
  }
}
