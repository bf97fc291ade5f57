import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** This workspace's own apps, the newest first. */
export function useOwnRegistrations(enabled = true) {
  const client = useMooring()
  return useQuery({ queryKey: keys.ownRegistrations, queryFn: client.registrations.list, enabled })
}

/** What is right with an app, and what is wrong. */
export function useTestRegistration() {
  const client = useMooring()
  return useMutation({ mutationFn: client.registrations.test })
}

/** A change of an app: `run` does it, and what it touches is read anew. What was typed is not kept. */
export function useRegistrationChange<Input, Answer>(
  run: (client: ReturnType<typeof useMooring>, input: Input) => Promise<Answer>,
) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => run(client, input),
    gcTime: 0,
    onSuccess: () =>
      Promise.all(
        [keys.ownRegistrations, keys.providers, keys.alerts, keys.connections].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  })
}
