import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** Zone, weekly slots, what becomes of what is late. */
export function usePublishingSettings() {
  const client = useMooring()
  return useQuery({ queryKey: keys.publishing, queryFn: client.posts.settings })
}

export function useChangePublishingSettings() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: client.posts.changeSettings,
    onSuccess: (settings) => {
      queries.setQueryData(keys.publishing, settings)
      return queries.invalidateQueries({ queryKey: keys.nextSlots })
    },
  })
}

/** The coming free slots, soonest first. */
export function useNextSlots() {
  const client = useMooring()
  return useQuery({ queryKey: keys.nextSlots, queryFn: client.posts.nextSlots, select: ({ data }) => data })
}

/** What is left of the platforms' limits. */
export function useBudgets() {
  const client = useMooring()
  return useQuery({ queryKey: keys.budgets, queryFn: client.posts.budgets, refetchInterval: 30_000 })
}
