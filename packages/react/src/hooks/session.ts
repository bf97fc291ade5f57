import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** Who is signed in. The error's code is `unauthorized` when nobody is. */
export function useSession() {
  const client = useMooring()
  return useQuery({ queryKey: keys.session, queryFn: client.session.get, staleTime: 60_000 })
}

export function useSignIn() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: client.session.signIn,
    onSuccess: (session) => queries.setQueryData(keys.session, session),
  })
}

export function useSignOut() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({ mutationFn: () => client.session.signOut(), onSuccess: () => queries.clear() })
}
