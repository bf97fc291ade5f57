import { useQuery } from '@tanstack/react-query'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** What can be connected, what each asks for, and how to set up what is not configured. */
export function useProviders() {
  const client = useMooring()
  return useQuery({ queryKey: keys.providers, queryFn: client.providers.list, staleTime: 60_000 })
}
