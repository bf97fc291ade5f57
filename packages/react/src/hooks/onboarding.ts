import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Onboarding, OnboardingStepInfo } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** How far this workspace is with its first steps. */
export function useOnboarding(enabled = true) {
  const client = useMooring()
  return useQuery({ queryKey: keys.onboarding, queryFn: client.onboarding.get, enabled })
}

/** Skips a step or takes it up again; a host's own can be said to be done. */
export function useSayOfStep() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ step, state }: { step: string; state: OnboardingStepInfo['state'] }) =>
      client.onboarding.say(step, state),
    onSuccess: (now) => queries.setQueryData(keys.onboarding, now),
  })
}

/** It greets nobody by itself any more. */
export function useSeeOnboarding() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: client.onboarding.see,
    // Whoever leaves at once is not led back.
    onMutate: () => queries.setQueryData<Onboarding>(keys.onboarding, (was) => was && { ...was, seen: true }),
    onSuccess: (now) => queries.setQueryData(keys.onboarding, now),
  })
}
