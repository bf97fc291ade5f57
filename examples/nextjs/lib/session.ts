/** Who is signed in at the product: a sealed cookie. */
import { randomBytes } from 'node:crypto'
import { getIronSession } from 'iron-session'
import { cookies } from 'next/headers'
import { findUser, type User } from './users'

// Of this start alone; a product keeps its own. Next loads a module more than once in one process.
const held = globalThis as typeof globalThis & { sessionSecret?: string }
held.sessionSecret ??= process.env.SESSION_SECRET ?? randomBytes(32).toString('hex')

const options = {
  cookieName: 'product',
  password: held.sessionSecret,
  cookieOptions: { secure: false, sameSite: 'lax' as const },
}
type Session = { user?: string }

export const session = async () => getIronSession<Session>(await cookies(), options)

export const userOfRequest = async (request: Request): Promise<User | undefined> =>
  findUser((await getIronSession<Session>(request, new Response(), options)).user)
