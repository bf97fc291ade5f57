/** An account of the simulated Instagram. The keys are those of the other platforms' people. */
export interface User {
  key: string
  /** App-scoped: `id` of `/me`, and what the callbacks name. */
  scoped: string
  /** The professional account's: `user_id` of `/me`, for publishing. */
  id: string
  username: string
  name: string
  type: 'BUSINESS' | 'MEDIA_CREATOR' | 'PERSONAL'
  picture: boolean
}

export const USERS: readonly User[] = [
  {
    key: 'mara',
    scoped: '25400000000000101',
    id: '17841400000001001',
    username: 'northwind.studio',
    name: 'Northwind Studio',
    type: 'BUSINESS',
    picture: true,
  },
  {
    key: 'tomas',
    scoped: '25400000000000102',
    id: '17841400000005002',
    username: 'tomas.brandl',
    name: 'Tomas Brandl',
    type: 'MEDIA_CREATOR',
    picture: false,
  },
  {
    key: 'ines',
    scoped: '25400000000000103',
    id: '17841400000005003',
    username: 'ines_draws',
    name: 'Ines Okafor',
    type: 'PERSONAL',
    picture: false,
  },
  {
    key: 'priya',
    scoped: '25400000000000104',
    id: '17841400000005004',
    username: 'priyaraman',
    name: 'Priya Raman',
    type: 'BUSINESS',
    picture: true,
  },
]

export const FIRST_USER = 'mara'
export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)
