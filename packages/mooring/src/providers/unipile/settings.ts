import type { Setting } from '../../provider.ts'

type Values = Readonly<Record<string, string>>

/** The documents' sample. */
const DSN = 'https://api1.unipile.com:13111'
export const V2_ORIGIN = 'https://api.unipile.com'

export const settings: readonly Setting[] = [
  {
    name: 'DSN',
    default: DSN,
    // Ports up to 64999: what is no port stops the start, and not a person later.
    pattern: /^https:\/\/[a-z0-9-]+\.unipile\.com(:([1-9]\d{1,3}|[1-5]\d{4}|6[0-4]\d{3}))?$/,
    describe: `Your own address of v1, as the dashboard shows it: ${DSN}. Without a path or a slash at its end.`,
  },
  {
    name: 'KEEP_PASSWORD',
    default: 'no',
    pattern: /^(no|yes)$/,
    describe: '"yes" keeps passwords, sealed, to sign in again by itself where LinkedIn ends a session.',
  },
]

export const dsnOf = (values: Values): string => values.DSN ?? DSN
export const baseOf = (values: Values): string => `${dsnOf(values)}/api/v1`

export const originsFor = (values: Values): readonly string[] => [new URL(dsnOf(values)).origin, V2_ORIGIN]
