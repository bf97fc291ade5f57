import { type Connection, useRefreshConnection } from '@mooring/react'
import { notify } from '../ui/notify.tsx'

/** Whether renewing by hand can do something. */
export const mayRefresh = ({ renewable, state }: Connection): boolean =>
  renewable && (state === 'connected' || state === 'failing')

/** Renews one connection now, and says so. */
export function useRefresh(connection: Connection, name: string) {
  const refresh = useRefreshConnection()
  const id = `refresh-${connection.id}`
  return {
    busy: refresh.isPending,
    run: () =>
      refresh.mutate(connection.id, {
        onSuccess: () => notify.ok(`${name} is refreshed. The connection goes on.`, { id }),
        onError: (error) => notify.problem(error, { id }),
      }),
  }
}
