/** A person of the simulated Facebook. The keys are those of the other platforms' people. */
export interface User {
  key: string
  /** The id at the first ready-made app: `scopedId` says what another app sees. */
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

export const FIRST_APP = '100000000000001'

/** Ids of people are app-scoped: equal inside an app, different between apps. */
export function scopedId(clientId: string, { id }: User): string {
  const apart = (BigInt(clientId) - BigInt(FIRST_APP)) * 1000n
  return String((BigInt(id) + apart) % 10n ** 17n)
}

/** Of a Business Integration System User: it stands for the business at this app, not for the person who set it up. */
export const systemId = (clientId: string, user: User): string => `122${scopedId(clientId, user).slice(3)}`
