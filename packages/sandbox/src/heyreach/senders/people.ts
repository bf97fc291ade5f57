/** LinkedIn users who can be given by e-mail address and password, and what LinkedIn makes of them. */
export type Method = 'sms' | 'email' | 'authenticator' | 'app_approval'

export type Refusal =
  | 'invalid_credentials'
  | 'invalid_code'
  | 'verification_expired'
  | 'account_locked'
  | 'rate_limited'
  | 'captcha_required'
  | 'service_unavailable'

export interface User {
  email: string
  firstName: string
  lastName: string
  headline: string
  connections: number
  /** What is asked for after the password, one after the other. */
  checkpoints: readonly Method[]
  /** Refused once the password was right. */
  refusal?: Refusal
  /** So many calls find the service down. */
  downFor?: number
  slow?: true
  /** The person approves so long after the start, without being told to. */
  approvesAfterMs?: number
  /** A code is taken in place of the approval, too. */
  orCode?: true
  /** The service breaks at the code, whichever comes. */
  diesAtCode?: true
}

/** All of them have these. */
export const PASSWORD = 'sandbox-password'
export const CODE = '123456'

const user = (key: string, name: string, headline: string, connections: number, rest: Partial<User> = {}): User => {
  const [firstName = '', lastName = ''] = name.split(' ')
  return { email: `${key}@sandbox.example`, firstName, lastName, headline, connections, checkpoints: [], ...rest }
}

const theo: Partial<User> = { checkpoints: ['authenticator'] }

export const USERS: readonly User[] = [
  user('ada', 'Ada Moreau', 'Head of Partnerships at Northwind Studio', 1204),
  user('sms', 'Sam Osei', 'Account Executive', 512, { checkpoints: ['sms'] }),
  user('app', 'Theo Lind', 'Founder at Lind Advisory', 2310, theo),
  user('totp', 'Theo Lind', 'Founder at Lind Advisory', 2310, theo),
  user('otp', 'Olga Petrova', 'Growth Lead', 890, { checkpoints: ['email'] }),
  user('approve', 'Priya Nair', 'Sales Director', 3120, { checkpoints: ['app_approval'], approvesAfterMs: 10_000 }),
  user('approve-or-code', 'Anouk Peters', 'Recruiter', 1750, { checkpoints: ['app_approval'], orCode: true }),
  user('phone', 'Felix Kern', 'Consultant', 640, { checkpoints: ['sms'] }),
  user('twice', 'Tove Berg', 'Community Manager', 430, { checkpoints: ['email', 'authenticator'] }),
  user('captcha', 'Carla Ruiz', 'Copywriter', 210, { refusal: 'captcha_required' }),
  user('locked', 'Lars Holm', 'Controller', 95, { refusal: 'account_locked' }),
  user('limited', 'Lin Wei', 'Analyst', 720, { refusal: 'rate_limited' }),
  user('slow', 'Sana Iqbal', 'Producer', 1010, { slow: true }),
  user('dies', 'Dina Roth', 'Editor', 330, { checkpoints: ['sms'], diesAtCode: true }),
  user('down', 'Dan Roe', 'Engineer', 560, { downFor: 2 }),
]

export const userOf = (email: string): User | undefined => USERS.find((one) => one.email === email.trim().toLowerCase())
