import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Connection } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** What somebody looks at closely may change under their eyes. */
const LOOK_AGAIN = 10_000

export function useConnections() {
  const client = useMooring()
  return useQuery({ queryKey: keys.connections, queryFn: client.connections.list, refetchInterval: 30_000 })
}

export function useConnection(id: string) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.connection(id),
    queryFn: () => client.connections.get(id),
    refetchInterval: LOOK_AGAIN,
  })
}

/** Asks the platform whether the connection works. The answer's `ok` is the outcome; only our own failures throw. */
export function useTestConnection() {
  const client = useMooring()
  const remember = useRemember()
  return useMutation({
    mutationFn: (id: string) => client.connections.test(id),
    onSuccess: (result) => remember(result.connection),
  })
}

export function useRefreshConnection() {
  const client = useMooring()
  const remember = useRemember()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.connections.refresh(id),
    onSuccess: remember,
    // What stands against it is written down by now, in the connection or as the operator's alert.
    onError: () => changed(queries),
  })
}

export function useDisconnect() {
  const client = useMooring()
  const remember = useRemember()
  return useMutation({
    mutationFn: (id: string) => client.connections.disconnect(id),
    onSuccess: (result) => remember(result.connection),
  })
}

/** Newest first, and anew by itself. */
export function useConnectionEvents(id: string) {
  const client = useMooring()
  return useInfiniteQuery({
    queryKey: keys.events(id),
    queryFn: ({ pageParam }) => client.connections.events(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: LOOK_AGAIN,
  })
}

/** Asks the platform anew what a connection can act as. */
export function useAvailableAccounts(id: string) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.availableAccounts(id),
    queryFn: () => client.connections.availableAccounts(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** Sets exactly these accounts, by the platform's ids. */
export function useSetAccounts(id: string) {
  const client = useMooring()
  const remember = useRemember()
  return useMutation({
    mutationFn: (accounts: string[]) => client.connections.setAccounts(id, accounts),
    onSuccess: remember,
  })
}

/** Puts a changed connection where the lists find it, and asks for its history anew. */
function useRemember() {
  const queries = useQueryClient()
  return (connection: Connection) => {
    queries.setQueryData<Connection[]>(keys.connections, (all) =>
      all?.map((one) => (one.id === connection.id ? connection : one)),
    )
    queries.setQueryData(keys.connection(connection.id), connection)
    void changed(queries)
  }
}

/** All that a change of one connection may change. */
const changed = (queries: QueryClient) =>
  Promise.all(
    [keys.connections, keys.forecasts, keys.alerts].map((queryKey) => queries.invalidateQueries({ queryKey })),
  )
