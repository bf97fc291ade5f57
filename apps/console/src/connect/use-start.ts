import { type StartFlow, useConnect } from '@mooring/react'
import { notify } from '../ui/notify.tsx'

export const RETURN_TO = '/connect/return'

/** Leaves for the platform; what stops that is told in a toast. `busy` stays on until the browser is gone. */
export function useStart(returnTo = RETURN_TO) {
  const connect = useConnect()
  return {
    busy: connect.isPending || connect.isSuccess,
    start: (input: Omit<StartFlow, 'returnTo'>) =>
      connect.mutate({ ...input, returnTo }, { onError: (error) => notify.problem(error, { id: 'start' }) }),
  }
}
