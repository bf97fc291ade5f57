// Unipile: LinkedIn accounts by e-mail and password over two generations of its API, each with a key and a dashboard of its own.
import { defineProvider, type SeatProvider } from '../../provider.ts'
import { apiCode, apiSentence, judgeApi } from './errors.ts'
import { accounts, credentials, identity, V2_APP } from './port.ts'
import { originsFor, settings } from './settings.ts'

export const unipile = defineProvider<SeatProvider>({
  id: 'unipile',
  name: 'Unipile',
  credentials,
  apiOrigins: originsFor({}),
  originsFor,
  // `profile_picture_url` is LinkedIn's own.
  pictureHosts: ['media.licdn.com'],
  apps: [
    {
      id: 'unipile',
      name: 'Unipile',
      envPrefix: 'UNIPILE',
      scopes: [],
      when: 'LinkedIn accounts through Unipile’s v1: the dashboard shows a DSN, an address with a port.',
      setup: [
        'Sign in at dashboard.unipile.com and create an access token (API key) that may manage accounts.',
        'Copy the DSN that the dashboard shows into UNIPILE_DSN, with https:// in front and nothing behind the port.',
        'Set UNIPILE_API_KEY, then restart.',
      ],
    },
    {
      id: V2_APP,
      name: 'Unipile v2',
      envPrefix: 'UNIPILE_V2',
      scopes: [],
      when: 'LinkedIn accounts through Unipile’s v2, whose dashboard and keys are others. It was a beta in 2026.',
      setup: [
        'Create an API key in the dashboard of v2. A key of v1 is refused.',
        'Set UNIPILE_V2_API_KEY, then restart.',
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
  docs: '/docs/providers/unipile',
})
