import { useSignIn } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHashToken } from '../app/use-hash-token.ts'
import { useTitle } from '../app/use-title.ts'
import { messageOf } from '../ui/notify.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The link's token stands behind the #, so that no server's log and no referrer ever holds it. */
export function SetupPage() {
  useTitle('Sign in')
  const token = useHashToken()
  const navigate = useNavigate()
  const { mutate, error, isError } = useSignIn()
  useEffect(() => {
    if (token !== undefined) mutate(token, { onSuccess: () => void navigate({ to: '/accounts', replace: true }) })
  }, [token, mutate, navigate])
  if (isError) return <SignInPage problem={messageOf(error)} />
  return token === undefined ? <SignInPage /> : <Waiting label="Signing you in" />
}
