import { useNavigate } from '@tanstack/react-router'

/** Somebody is in: on to where they wanted to go, which is where they stand, or Accounts. */
export function useEntered(): () => void {
  const navigate = useNavigate()
  return () => {
    const outside = ['/setup', '/sign-in', '/reset-password', '/forgot-password']
    if (outside.includes(window.location.pathname)) void navigate({ to: '/accounts', replace: true })
  }
}
