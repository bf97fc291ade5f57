import { isApiProblem, type OwnWorkspace, type Session, setDateStyle, useSession } from '@mooring/react'
import { Outlet } from '@tanstack/react-router'
import { createContext, useContext } from 'react'
import { NoWorkspace } from '../entry/no-workspace.tsx'
import { SignInPage } from '../entry/sign-in-page.tsx'
import { ErrorPage } from '../ui/error-page.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { chosenWorkspace, forgetWorkspace } from './chosen-workspace.ts'

/** Somebody who is signed in, in one of their workspaces. */
export type SignedIn = Session & { workspace: OwnWorkspace }

const SessionContext = createContext<SignedIn | null>(null)

/** Everything below it has somebody signed in. */
export function Gate() {
  const session = useSession()
  if (session.data && !isUnauthorized(session.error)) {
    const { workspace, person } = session.data
    const { locale, timeZone } = person
    setDateStyle({ locale, timeZone })
    if (workspace === null) return <NoWorkspace />
    return (
      <SessionContext value={{ ...session.data, workspace }}>
        <Outlet />
      </SessionContext>
    )
  }
  if (isUnauthorized(session.error)) return <SignInPage />
  // Put out of the workspace that this browser last stood in: another one of theirs, or none.
  if (isApiProblem(session.error) && session.error.code === 'not_found' && chosenWorkspace() !== undefined) {
    forgetWorkspace()
    void session.refetch()
    return <Waiting label="Opening Mooring" />
  }
  if (session.isError) {
    return <ErrorPage error={session.error} onRetry={() => void session.refetch()} />
  }
  return <Waiting label="Opening Mooring" />
}

export function useSignedIn(): SignedIn {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nobody is signed in here: this belongs below <Gate>.')
  return session
}

export const isUnauthorized = (error: unknown) => isApiProblem(error) && error.code === 'unauthorized'
