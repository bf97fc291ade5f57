import { isApiProblem, type Session, useSession } from '@mooring/react'
import { Outlet } from '@tanstack/react-router'
import { createContext, useContext } from 'react'
import { SignedOut } from '../entry/signed-out.tsx'
import { ErrorPage } from '../ui/error-page.tsx'
import { Waiting } from '../ui/waiting.tsx'

const SessionContext = createContext<Session | null>(null)

/** Everything below it has somebody signed in. */
export function Gate() {
  const session = useSession()
  if (session.data && !isUnauthorized(session.error)) {
    return (
      <SessionContext value={session.data}>
        <Outlet />
      </SessionContext>
    )
  }
  if (isUnauthorized(session.error)) return <SignedOut />
  if (session.isError) {
    return <ErrorPage error={session.error} onRetry={() => void session.refetch()} />
  }
  return <Waiting label="Opening Mooring" />
}

export function useSignedIn(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nobody is signed in here: this belongs below <Gate>.')
  return session
}

export const isUnauthorized = (error: unknown) => isApiProblem(error) && error.code === 'unauthorized'
