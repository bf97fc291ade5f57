import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { type Client, createClient } from './client.ts'
import { isApiProblem } from './problem.ts'

const Context = createContext<Client | null>(null)

export interface MooringProviderProps {
  /** Where Mooring is; this page's own origin without it. */
  baseUrl?: string
  /** A client of your own, in place of `baseUrl`. */
  client?: Client
  /** Your page's own query client, where it has one. */
  queryClient?: QueryClient
  children: ReactNode
}

export function MooringProvider({ baseUrl, client, queryClient, children }: MooringProviderProps) {
  const [own] = useState(() => client ?? createClient({ baseUrl }))
  const [queries] = useState(() => queryClient ?? createQueryClient())
  return (
    <Context value={client ?? own}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </Context>
  )
}

/** Where a path that Mooring names is, also outside a provider: then on this page's own origin. A data URL stays one. */
export function useAddress(path: string | null | undefined): string | undefined {
  const client = useContext(Context)
  if (!path) return undefined
  return path.startsWith('/') ? (client?.address(path) ?? path) : path
}

export function useMooring(): Client {
  const client = useContext(Context)
  if (!client) throw new Error('Put <MooringProvider> above this component.')
  return client
}

/** Tries again only what may pass: a refusal stays one however often it is asked. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A paused query would show a skeleton for ever; a failed one can say that the server did not answer.
        networkMode: 'always',
        retry: (count, error) => count < 2 && isApiProblem(error) && (error.status === 0 || error.status >= 500),
      },
      mutations: { networkMode: 'always' },
    },
  })
