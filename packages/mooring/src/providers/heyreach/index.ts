// HeyReach: the LinkedIn seats of a workspace, picked from a list; adding one by e-mail and password is an assumption, and off.
import { defineProvider, type SeatProvider } from '../../provider.ts'
import { apiCode, apiSentence, judgeApi } from './errors.ts'
import { credentials } from './port.ts'
import { identity } from './seats.ts'
import { accounts } from './senders.ts'
import { ORIGIN, settings } from './settings.ts'

export const heyreach = defineProvider<SeatProvider>({
  id: 'heyreach',
  name: 'HeyReach',
  credentials,
  apiOrigins: [ORIGIN],
  apps: [
    {
      id: 'heyreach',
      name: 'HeyReach',
      envPrefix: 'HEYREACH',
      scopes: [],
      when: 'LinkedIn accounts that are in a HeyReach workspace already.',
      setup: [
        'In HeyReach, open Integrations, HeyReach API, and create an API key of the workspace. A key for MCP or of the organization does not work here.',
        'Add the LinkedIn accounts in HeyReach’s own app; people then pick theirs here.',
        'Set HEYREACH_API_KEY, then restart.',
      ],
    },
  ],
  settings,
  scopes: { separator: ' ', info: {} },
  refresh: { how: 'none', rotates: false },
  lifetime: { accessSeconds: 0, renewBeforeSeconds: 0 },
  judgeApi,
  apiCode,
  apiSentence,
  identity,
  accounts,
  notListed: ['Only accounts of the workspace that the API key belongs to are listed. Add yours in HeyReach first.'],
  docs: '/docs/providers/heyreach',
})
