/** A user of the simulated X. The keys are those of the other platforms' people. */
export interface User {
  key: string
  /** Digits, up to 19 of them: beyond what a JSON number holds. */
  id: string
  name: string
  username: string
  description: string
  createdAt: string
  protected: boolean
  verified: boolean
  verifiedType: 'blue' | 'business' | 'government' | 'none'
  subscriptionType: 'None' | 'Basic' | 'Premium' | 'PremiumPlus'
  email?: string
  picture: boolean
  counts: { followers: number; following: number; posts: number; listed: number }
  pinned?: string
}

export const USERS: readonly User[] = [
  {
    key: 'mara',
    id: '1790000000000000101',
    name: 'Mara Lindqvist',
    username: 'maralindqvist',
    description: 'Founder at Northwind Studio',
    createdAt: '2024-05-13T08:00:00.000Z',
    protected: false,
    verified: true,
    verifiedType: 'blue',
    subscriptionType: 'Premium',
    email: 'mara.lindqvist@example.com',
    picture: true,
    counts: { followers: 4210, following: 310, posts: 982, listed: 17 },
    pinned: '1900000000000000007',
  },
  {
    key: 'tomas',
    id: '1790000000000000102',
    name: 'Tomas Brandl',
    username: 'tbrandl',
    description: 'Partner at Northwind Studio',
    createdAt: '2024-05-13T09:00:00.000Z',
    protected: false,
    verified: false,
    verifiedType: 'none',
    subscriptionType: 'None',
    email: 'tomas.brandl@example.com',
    picture: true,
    counts: { followers: 88, following: 120, posts: 41, listed: 0 },
  },
  {
    key: 'ines',
    id: '2244994',
    name: 'Ines Okafor',
    username: 'ines_draws',
    description: '',
    createdAt: '2008-11-03T10:00:00.000Z',
    protected: true,
    verified: false,
    verifiedType: 'none',
    subscriptionType: 'Basic',
    picture: false,
    counts: { followers: 12, following: 9, posts: 3, listed: 0 },
  },
  {
    key: 'priya',
    id: '1790000000000000104',
    name: 'Priya Raman',
    username: 'priyaraman',
    description: 'Head of social, many pages',
    createdAt: '2024-06-01T12:00:00.000Z',
    protected: false,
    verified: true,
    verifiedType: 'business',
    subscriptionType: 'PremiumPlus',
    email: 'priya.raman@example.com',
    picture: true,
    counts: { followers: 120_455, following: 3, posts: 20_114, listed: 800 },
  },
]

/** The user who is offered first to a browser that has not signed in. */
export const FIRST_USER = 'mara'

export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)

export const userWithId = (id: string): User | undefined => USERS.find((one) => one.id === id)

/** User names are the same in any letters. */
export const userNamed = (name: string): User | undefined =>
  USERS.find((one) => one.username.toLowerCase() === name.toLowerCase())
