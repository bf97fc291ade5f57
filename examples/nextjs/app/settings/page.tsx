import { redirect } from 'next/navigation'
import { session } from '../../lib/session'
import { findUser } from '../../lib/users'
import { leave } from '../actions'
import { Social } from './social'

interface Back {
  flow?: string
  checkpoint?: string
  message?: string
}

export default async function Settings({ searchParams }: { searchParams: Promise<Back> }) {
  const user = findUser((await session()).user)
  if (!user) redirect('/')
  const { flow, checkpoint, message } = await searchParams
  return (
    <>
      <h1>Settings</h1>
      <header>
        <b>{user.company.name}</b>{' '}
        <span>
          {user.name}, {user.role}
        </span>
        <form action={leave}>
          <button type="submit">Sign out</button>
        </form>
      </header>
      <Social flow={checkpoint === 'accounts' ? flow : undefined} message={message} />
    </>
  )
}
