import { derived } from '../core/ids.ts'

/** What LinkedIn asks of a person before it lets them in. */
export type Step =
  | { type: '2FA'; source: 'SMS' | 'APP' }
  | { type: 'OTP' }
  /** `otherWay`: a code may be asked for instead. `byItself`: the person approves soon after. */
  | { type: 'IN_APP_VALIDATION'; otherWay: boolean; byItself: boolean }
  | { type: 'PHONE_REGISTER' }
  | { type: 'CAPTCHA' }

/** What becomes of a sign-in beside its steps. */
export type Fate = 'restricted' | 'limited' | 'slow' | 'dies' | 'down'

export interface Person {
  key: string
  name: string
  headline: string
  /** What comes before the @. */
  logins: readonly string[]
  steps: readonly Step[]
  fate?: Fate
  premium: boolean
  connections: number
}

/** The password of everybody. */
export const PASSWORD = 'sandbox-password'
export const DOMAIN = 'sandbox.example'
export const CODE = '123456'
/** The code of a message that was sent again. */
export const CODE_AGAIN = '654321'

const OTP: Step = { type: 'OTP' }
const SMS: Step = { type: '2FA', source: 'SMS' }

const person = (
  key: string,
  name: string,
  headline: string,
  steps: readonly Step[],
  more: Partial<Person> = {},
): Person => ({ key, name, headline, logins: [key], steps, premium: false, connections: 500, ...more })

export const PEOPLE: readonly Person[] = [
  person('ada', 'Ada Moreau', 'Founder at Northwind Studio', [], { premium: true, connections: 1834 }),
  person('sms', 'Sam Osei', 'Account executive', [SMS]),
  person('app', 'Theo Lind', 'Head of growth', [{ type: '2FA', source: 'APP' }], { logins: ['app', 'totp'] }),
  person('otp', 'Olga Petrova', 'Recruiter', [OTP]),
  person('approve', 'Priya Nair', 'Product manager', [{ type: 'IN_APP_VALIDATION', otherWay: false, byItself: true }]),
  person('approve-or-code', 'Anouk Peters', 'Consultant', [
    { type: 'IN_APP_VALIDATION', otherWay: true, byItself: false },
  ]),
  person('phone', 'Felix Kern', 'Sales engineer', [{ type: 'PHONE_REGISTER' }, OTP]),
  person('twice', 'Tove Berg', 'Partnerships', [OTP, SMS]),
  person('captcha', 'Carla Ruiz', 'Marketing lead', [{ type: 'CAPTCHA' }]),
  person('locked', 'Lars Holm', 'Business development', [], { fate: 'restricted' }),
  person('limited', 'Lin Wei', 'Operations', [], { fate: 'limited' }),
  person('slow', 'Sana Iqbal', 'Researcher', [], { fate: 'slow' }),
  person('dies', 'Dina Roth', 'Copywriter', [SMS], { fate: 'dies' }),
  person('down', 'Dan Roe', 'Account manager', [], { fate: 'down' }),
]

export const personOf = (key: string): Person | undefined => PEOPLE.find((one) => one.key === key)

export const loginOf = (person: Person): string => `${person.key}@${DOMAIN}`

export function personByLogin(username: string): Person | undefined {
  const [name, domain, ...rest] = username.trim().toLowerCase().split('@')
  if (domain !== DOMAIN || rest.length > 0) return undefined
  return PEOPLE.find((one) => one.logins.includes(name ?? ''))
}

/** The value of the cookie `li_at` in a browser in which the person is signed in. */
export const cookieOf = (person: Person): string => `sandbox-li-at-${person.key}`
export const personByCookie = (cookie: string): Person | undefined => PEOPLE.find((one) => cookieOf(one) === cookie)

export const publicIdentifierOf = (person: Person): string => person.name.toLowerCase().replaceAll(' ', '-')

/** LinkedIn's id of a member as another sees them: Unipile's are valid for the account that fetched them alone. */
export const memberIdOf = (member: Person, seenBy: Person): string =>
  `ACoAA${derived(34, 'unipile', seenBy.key, member.key)}`
