import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** Where this workspace's events are told of, the newest first. */
export function useWebhooks(enabled = true) {
  const client = useMooring()
  return useQuery({ queryKey: keys.webhooks, queryFn: client.webhooks.list, enabled })
}

/** The last that was told there; looked at anew while something is on its way. */
export function useWebhookDeliveries(id: string) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.deliveries(id),
    queryFn: () => client.webhooks.deliveries(id),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'waiting') ? 3000 : false),
  })
}

/** A change of an endpoint: `run` does it, and what it touches is read anew. An answer's `secret` is kept nowhere. */
export function useWebhookChange<Input, Answer>(
  run: (client: ReturnType<typeof useMooring>, input: Input) => Promise<Answer>,
) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => run(client, input),
    gcTime: 0,
    onSuccess: () =>
      Promise.all([keys.webhooks, keys.onboarding].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
