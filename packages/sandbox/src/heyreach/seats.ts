/** A LinkedIn account of the workspace. */
export interface Seat {
  id: number
  emailAddress: string
  firstName: string | null
  lastName: string | null
  isActive: boolean
  activeCampaigns: number
  /** When its LinkedIn session ends by itself, in ms since 1970; null where nobody knows of an end, 0 where it is lost. */
  authEndsAt: number | null
  isValidNavigator: boolean
  isValidRecruiter: boolean
  /** LinkedIn restricted the person's account. */
  restricted: boolean
}

export const freshSeat = {
  isActive: true,
  activeCampaigns: 0,
  authEndsAt: null,
  isValidNavigator: false,
  isValidRecruiter: false,
  restricted: false,
}

/** More than a page holds. */
const SEATS = 124
const FIRST_ID = 71110
const GIVEN = [
  ...['Aiko', 'Bruno', 'Carmen', 'Dilan', 'Esra', 'Femi', 'Greta', 'Hugo'],
  ...['Ilse', 'Jonas', 'Katya', 'Liam', 'Mona', 'Nils', 'Oona', 'Pavel'],
]
const FAMILY = ['Adeyemi', 'Bergmann', 'Castro', 'Dahl', 'Eriksen', 'Fontaine', 'Georgiou', 'Hoekstra']

/** Names may be null, one or both, as captured (amp-labs/connectors, test of providers/heyreach). */
function seat(n: number): Seat {
  const given = GIVEN[n % GIVEN.length] ?? ''
  const family = FAMILY[Math.floor(n / GIVEN.length)] ?? ''
  const isActive = n % 7 !== 4
  return {
    ...freshSeat,
    id: FIRST_ID + 3 * n,
    emailAddress: `${given}.${family}@clients.example`.toLowerCase(),
    firstName: n % 11 === 0 || n % 13 === 5 ? null : given,
    lastName: n % 11 === 0 || n % 17 === 3 ? null : family,
    isActive,
    activeCampaigns: isActive ? n % 4 : 0,
    authEndsAt: n % 5 === 3 ? 0 : null,
    isValidNavigator: n % 3 === 0,
    isValidRecruiter: n % 20 === 1,
  }
}

export const readySeats = (): Seat[] => Array.from({ length: SEATS }, (_, n) => seat(n))

export const isValid = ({ restricted, authEndsAt }: Seat, now: number): boolean =>
  !restricted && (authEndsAt === null || now < authEndsAt)

/** What is left of a name. */
export const nameOf = ({ firstName, lastName }: Seat): string | null =>
  [firstName, lastName].filter((one) => one !== null).join(' ') || null
