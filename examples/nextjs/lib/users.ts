/** The product's own users, as a product has them in its database. */
import { scryptSync, timingSafeEqual } from 'node:crypto'
import type { Role } from 'mooring'

export interface User {
  id: string
  name: string
  role: Role
  company: { id: string; name: string }
  password: Buffer
}

const hash = (password: string) => scryptSync(password, 'a salt for each user in earnest', 32)
const acme = { id: 'acme', name: 'Acme' }
const users: User[] = [
  { id: 'ada', name: 'Ada', role: 'owner', company: acme, password: hash('ada-demo') },
  { id: 'ben', name: 'Ben', role: 'viewer', company: acme, password: hash('ben-demo') },
  { id: 'cleo', name: 'Cleo', role: 'owner', company: { id: 'globex', name: 'Globex' }, password: hash('cleo-demo') },
]

export const findUser = (id: string | undefined): User | undefined => users.find((one) => one.id === id)

export function signIn(name: unknown, password: unknown): User | undefined {
  const user = users.find((one) => one.id === String(name).toLowerCase())
  const given = hash(String(password))
  return user && timingSafeEqual(given, user.password) ? user : undefined
}
