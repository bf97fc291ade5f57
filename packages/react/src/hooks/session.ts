import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { dropAllUnsaved } from '../logic/unsaved.ts'
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

/** How one can sign in here, beside a password and a passkey. */
export function useSignInWays() {
  const client = useMooring()
  return useQuery({ queryKey: keys.signInWays, queryFn: client.session.ways, staleTime: 300_000 })
}

/** A way in: `run` answers with the session once somebody is in, and with what is still asked for until then. */
export function useEnter<Input, Answer extends object>(
  run: (client: ReturnType<typeof useMooring>, input: Input) => Promise<Answer>,
) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => run(client, input),
    gcTime: 0,
    onSuccess: (answer) => {
      if ('person' in answer) queries.setQueryData(keys.session, answer)
    },
  })
}

export function useSignOut() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => client.session.signOut(),
    onSuccess: () => {
      queries.clear()
      dropAllUnsaved()
    },
  })
}
