/** Where things are. The paths of adding a seat are in no source that was read: each can be changed without a new Mooring. */
import type { Setting } from '../../provider.ts'

type Values = Readonly<Record<string, string>>

export const ORIGIN = 'https://api.heyreach.io'
export const BASE = `${ORIGIN}/api/public`

const DEFAULTS = { CONNECT: '/senders/linkedin', VERIFY: '/senders/linkedin/verify', SENDER: '/senders/{id}' }
const PATH = /^(\/[A-Za-z0-9_-]{1,40}){1,6}$/
const PATH_OF_ONE = /^(?=.*\{id\})(\/([A-Za-z0-9_-]{1,40}|\{id\})){1,6}$/

const path = (name: keyof typeof DEFAULTS, pattern: RegExp, what: string): Setting => ({
  name: `PATH_${name}`,
  default: DEFAULTS[name],
  pattern,
  describe: `${what}, below /api/public, as ${DEFAULTS[name]}. An assumption: HeyReach's own is not public.`,
})

export const settings: readonly Setting[] = [
  {
    name: 'ADD_SEATS',
    default: 'off',
    pattern: /^(off|on)$/,
    describe: '"on" offers to add a LinkedIn account by e-mail and password, over paths and fields that are assumed.',
  },
  path('CONNECT', PATH, 'Where a LinkedIn account is added'),
  path('VERIFY', PATH, 'Where a code is given'),
  path('SENDER', PATH_OF_ONE, 'Where an added account is asked for (GET) and removed (DELETE)'),
]

export const addsSeats = (values: Values): boolean => values.ADD_SEATS === 'on'
export const connectUrl = (values: Values): string => `${BASE}${values.PATH_CONNECT ?? DEFAULTS.CONNECT}`
export const verifyUrl = (values: Values): string => `${BASE}${values.PATH_VERIFY ?? DEFAULTS.VERIFY}`
export const senderUrl = (values: Values, id: string): string =>
  `${BASE}${(values.PATH_SENDER ?? DEFAULTS.SENDER).replaceAll('{id}', () => encodeURIComponent(id))}`
