import { useEffect } from 'react'
import { useHostedSignIn } from '../../hooks/credentials.ts'

/** Leaving for the service's own page. `busy` stays on until the browser is gone, and goes off where it comes back by its back button. */
export function useLeaving(flowId: string) {
  const { mutate, reset, isPending, isSuccess, error } = useHostedSignIn(flowId)
  useEffect(() => {
    const back = (event: PageTransitionEvent) => event.persisted && reset()
    window.addEventListener('pageshow', back)
    return () => window.removeEventListener('pageshow', back)
  }, [reset])
  return { leave: () => mutate(), busy: isPending || isSuccess, error: error?.message }
}
