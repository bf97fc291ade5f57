import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { StartFlow } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** Starts a flow and sends this browser to the platform. `reuse` may answer with a live connection instead. */
export function useConnect() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: StartFlow) => client.flows.start(input),
    onSuccess: (answer) => {
      if ('reused' in answer) return queries.invalidateQueries({ queryKey: keys.connections })
      if (answer.authorizeUrl !== undefined) window.location.assign(answer.authorizeUrl)
    },
  })
}

export function useFlow(id: string | undefined) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.flow(id ?? ''),
    queryFn: () => client.flows.get(id ?? ''),
    enabled: id !== undefined,
  })
}

export function useChooseAccounts(id: string) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (accounts: string[]) => client.flows.chooseAccounts(id, accounts),
    onSuccess: (flow) => {
      queries.setQueryData(keys.flow(id), flow)
      void queries.invalidateQueries({ queryKey: keys.connections })
      void queries.invalidateQueries({ queryKey: keys.onboarding })
    },
  })
}

/** Asks the platform anew what can be chosen. */
export function useReloadCandidates(id: string) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => client.flows.reloadCandidates(id),
    onSuccess: (flow) => queries.setQueryData(keys.flow(id), flow),
  })
}

export function useGiveUp() {
  const client = useMooring()
  return useMutation({ mutationFn: (id: string) => client.flows.giveUp(id) })
}
