import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NewApiKey } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

export function useApiKeys() {
  const client = useMooring()
  return useQuery({ queryKey: keys.apiKeys, queryFn: client.apiKeys.list })
}

/** The answer's `key` is shown once: it is in no later answer. */
export function useCreateApiKey() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wanted: NewApiKey) => client.apiKeys.create(wanted),
    // What was created is not kept for longer than the page that shows it.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
  })
}

export function useRenameApiKey() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => client.apiKeys.rename(id, name),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
  })
}

export function useDeleteApiKey() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.apiKeys.remove(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
  })
}
