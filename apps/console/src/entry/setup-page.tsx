import { useSignIn } from '@mooring/react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTitle } from '../app/use-title.ts'
import { messageOf } from '../ui/notify.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { SignedOut } from './signed-out.tsx'

/** The link's token stands behind the #, so that no server's log and no referrer ever holds it. */
export function SetupPage() {
  useTitle('Sign in')
  const { hash } = useLocation()
  const [came] = useState(() => hash !== '')
  const navigate = useNavigate()
  const { mutate, error, isError } = useSignIn()
  useEffect(() => {
    const token = window.location.hash.slice(1)
    if (hash === '' || token === '') return
    // Out of the address bar and the history before anything else.
    window.history.replaceState(null, '', window.location.pathname)
    mutate(token, { onSuccess: () => void navigate({ to: '/accounts', replace: true }) })
  }, [hash, mutate, navigate])
  if (isError) return <SignedOut problem={messageOf(error)} />
  return came ? <Waiting label="Signing you in" /> : <SignedOut />
}
