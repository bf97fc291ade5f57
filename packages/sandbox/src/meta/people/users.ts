/** A person of the simulated Facebook. The keys are those of the other platforms' people. */
export interface User {
  key: string
  /** App-scoped. */
  id: string
  name: string
  email?: string
  picture: boolean
}

export const USERS: readonly User[] = [
  { key: 'mara', id: '10228845610000101', name: 'Mara Lindqvist', email: 'mara.lindqvist@example.com', picture: true },
  { key: 'tomas', id: '10228845610000102', name: 'Tomas Brandl', email: 'tomas.brandl@example.com', picture: true },
  { key: 'ines', id: '10228845610000103', name: 'Ines Okafor', picture: false },
  { key: 'priya', id: '10228845610000104', name: 'Priya Raman', email: 'priya.raman@example.com', picture: true },
]

/** The person who is offered first to a browser that has not signed in. */
export const FIRST_USER = 'mara'

export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)
