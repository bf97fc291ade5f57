import { useOnboarding } from '@mooring/react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSignedIn } from '../app/gate.tsx'

/** An owner who comes to their accounts for the first time is led to the first steps, once. Who goes elsewhere is left alone. */
export function useGreeting(): void {
  const { permissions } = useSignedIn()
  const { pathname } = useLocation()
  const onboarding = useOnboarding(permissions.includes('workspace:write'))
  const navigate = useNavigate()
  const { seen = true, current = null } = onboarding.data ?? {}
  const greets = !seen && current !== null && pathname === '/accounts'
  useEffect(() => {
    if (greets) void navigate({ to: '/onboarding', replace: true })
  }, [greets, navigate])
}
