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
  /** In a word to whoever picks one. */
  happens: string
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
  happens: string,
  steps: readonly Step[],
  more: Partial<Person> = {},
): Person => ({ key, name, headline, happens, logins: [key], steps, premium: false, connections: 500, ...more })

const APP: Step = { type: '2FA', source: 'APP' }
const approval = (more: { otherWay: boolean; byItself: boolean }): Step => ({ type: 'IN_APP_VALIDATION', ...more })

export const PEOPLE: readonly Person[] = [
  person('ada', 'Ada Moreau', 'Founder at Northwind Studio', 'connects at once', [], {
    premium: true,
    connections: 1834,
  }),
  person('sms', 'Sam Osei', 'Account executive', 'a code by SMS', [SMS]),
  person('app', 'Theo Lind', 'Head of growth', 'a code of an authenticator app', [APP], { logins: ['app', 'totp'] }),
  person('otp', 'Olga Petrova', 'Recruiter', 'a code by e-mail, which can be sent again', [OTP]),
  person('approve', 'Priya Nair', 'Product manager', 'approves in the app by herself', [
    approval({ otherWay: false, byItself: true }),
  ]),
  person('approve-or-code', 'Anouk Peters', 'Consultant', 'an approval in the app, or a code', [
    approval({ otherWay: true, byItself: false }),
  ]),
  person('phone', 'Felix Kern', 'Sales engineer', 'a phone number, then a code', [{ type: 'PHONE_REGISTER' }, OTP]),
  person('twice', 'Tove Berg', 'Partnerships', 'a code by e-mail, then one by SMS', [OTP, SMS]),
  person('captcha', 'Carla Ruiz', 'Marketing lead', 'a captcha, solved on the hosted page alone', [
    { type: 'CAPTCHA' },
  ]),
  person('locked', 'Lars Holm', 'Business development', 'is restricted by LinkedIn', [], { fate: 'restricted' }),
  person('limited', 'Lin Wei', 'Operations', 'too many requests', [], { fate: 'limited' }),
  person('slow', 'Sana Iqbal', 'Researcher', 'takes eight seconds, then connects', [], { fate: 'slow' }),
  person('dies', 'Dina Roth', 'Copywriter', 'a code by SMS, at which the attempt dies', [SMS], { fate: 'dies' }),
  person('down', 'Dan Roe', 'Account manager', 'not available twice, then connects', [], { fate: 'down' }),
]

export const personOf = (key: string): Person | undefined => PEOPLE.find((one) => one.key === key)

export const loginOf = (person: Person): string => `${person.key}@${DOMAIN}`

/** What a person types who wants to be one of them. */
export const LOGINS = PEOPLE.map((one) => ({
  login: one.logins.map((name) => `${name}@${DOMAIN}`).join(', '),
  password: PASSWORD,
  happens: one.happens,
}))

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
