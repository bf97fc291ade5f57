import type { ReactNode } from 'react'
import { useConnect } from '../hooks/flows.ts'
import { isApiProblem } from '../problem.ts'

export interface ConnectButtonProps {
  provider: string
  registration?: string
  /** Renews this connection in place of making one. */
  reconnect?: string
  /** Where the browser comes back to: a path, or an address on an allowed origin. */
  returnTo: string
  variant?: 'primary' | 'secondary'
  size?: 'small' | 'normal'
  onError?: (message: string) => void
  children: ReactNode
}

/** Starts a flow and leaves for the platform. Stays busy until the browser is gone. */
export function ConnectButton({
  provider,
  registration,
  reconnect,
  returnTo,
  variant = 'primary',
  size = 'normal',
  onError,
  children,
}: ConnectButtonProps) {
  const connect = useConnect()
  const busy = connect.isPending || connect.isSuccess
  const start = () =>
    connect.mutate(
      {
        returnTo,
        ...(reconnect === undefined
          ? { provider, ...(registration === undefined ? {} : { registration }) }
          : { reconnect }),
      },
      { onError: (error) => onError?.(isApiProblem(error) ? error.message : 'The server did not answer.') },
    )
  return (
    <button
      type="button"
      data-slot="button"
      data-variant={variant}
      data-size={size}
      className="mooring-button"
      aria-busy={busy}
      aria-disabled={busy}
      onClick={busy ? undefined : start}
    >
      {children}
    </button>
  )
}
