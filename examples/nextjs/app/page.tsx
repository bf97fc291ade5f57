import { redirect } from 'next/navigation'
import { session } from '../lib/session'
import { findUser } from '../lib/users'
import { enter } from './actions'

export default async function SignIn({ searchParams }: { searchParams: Promise<{ wrong?: string }> }) {
  if (findUser((await session()).user)) redirect('/settings')
  const { wrong } = await searchParams
  return (
    <>
      <h1>Sign in</h1>
      {wrong !== undefined && <p role="alert">That is not right.</p>}
      <form action={enter} className="sign-in">
        <label>
          Name <input name="name" autoComplete="username" />
        </label>
        <label>
          Password <input name="password" type="password" autoComplete="current-password" />
        </label>
        <button type="submit">Sign in</button>
      </form>
    </>
  )
}
