/**
 * `client_linkedin_credentials`: a client's LinkedIn seat at an outreach service. What can be carried over is which seat
 * it is. The sealed e-mail and password are not among the columns that are asked for: they never leave the old system.
 */
import { ownerBy } from './owners.ts'
import { reading } from './reading.ts'
import type { Shape } from './record.ts'

export const clientCredentials: Shape = {
  name: 'client_linkedin_credentials',
  table: 'client_linkedin_credentials',
  needed: ['client_id', 'heyreach_sender_id'],
  optional: ['connection_status', 'updated_at'],
  owner: (row) => ownerBy(row, ['client_id']),
  map: (row, open) => {
    const read = reading(row, open)
    const subject = read.text('heyreach_sender_id')
    if (subject === null) return { skipped: { code: 'no_token', message: 'It names no seat.' } }
    return {
      record: {
        provider: 'heyreach',
        registration: null,
        subject,
        label: null,
        accessToken: null,
        refreshToken: null,
        accessTokenExpiresAt: null,
        refreshTokenExpiresAt: null,
        scopes: null,
        updatedAt: null,
      },
    }
  },
  note: 'LinkedIn e-mails and passwords of client_linkedin_credentials were not read and are not taken over: people sign in anew.',
}
