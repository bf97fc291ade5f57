/** An account of the simulated Threads. The keys are those of the other platforms' people. */
export interface User {
  key: string
  /** Of `/me`, and what the callbacks name. */
  id: string
  username: string
  name: string
  picture: boolean
}

export const USERS: readonly User[] = [
  { key: 'mara', id: '24600000000000101', username: 'maralindqvist', name: 'Mara Lindqvist', picture: true },
  { key: 'tomas', id: '24600000000000102', username: 'tbrandl', name: 'Tomas Brandl', picture: false },
  { key: 'ines', id: '24600000000000103', username: 'ines_draws', name: 'Ines Okafor', picture: false },
  { key: 'priya', id: '24600000000000104', username: 'priyaraman', name: 'Priya Raman', picture: true },
]

export const FIRST_USER = 'mara'
export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)
