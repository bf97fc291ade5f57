import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CheckpointAnswer, Credentials, Flow } from '../api.ts'
import type { Client } from '../client.ts'
import { lookAgain, stepOf } from '../logic/credential-step.ts'
import { isApiProblem } from '../problem.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** How a flow by credentials stands. It looks again by itself while that can change, and stops at the end. */
export function useConnectionStatus(flowId: string) {
  const client = useMooring()
  const acting = useIsMutating({ mutationKey: keys.flow(flowId) }) > 0
  const query = useQuery({
    queryKey: keys.flow(flowId),
    queryFn: () => client.flows.get(flowId),
    staleTime: 0,
    refetchInterval: ({ state: { data, error } }) =>
      // A flow that is gone, or not this browser's, stays so.
      isApiProblem(error) && error.status >= 400 && error.status < 500 ? false : lookAgain(data, acting, Date.now()),
  })
  const flow = query.data
  return { ...query, flow, step: flow && stepOf(flow), status: flow?.credentials?.status, acting }
}

/** Signs in with e-mail and password. Neither is kept by this page. */
export const useSubmitCredentials = (flowId: string) =>
  useFlowStep(flowId, (client, credentials: Credentials) => client.flows.submitCredentials(flowId, credentials))

/** Answers a checkpoint: with a code, or a phone number. The flow that comes back says whether it was right. */
export const useVerifyCheckpoint = (flowId: string) =>
  useFlowStep(flowId, (client, answer: CheckpointAnswer) => client.flows.verifyCheckpoint(flowId, answer))

export const useResendCode = (flowId: string) => useFlowStep<void>(flowId, (client) => client.flows.resendCode(flowId))

/** A code in place of an approval, or what else the platform offers. */
export const useAnotherWay = (flowId: string) => useFlowStep<void>(flowId, (client) => client.flows.anotherWay(flowId))

/** Gives this attempt up, and goes back to its beginning. */
export const useRestart = (flowId: string) => useFlowStep<void>(flowId, (client) => client.flows.restart(flowId))

/** Takes a seat that the service has already. */
export const useTakeSeat = (flowId: string) =>
  useFlowStep(flowId, (client, seat: string) => client.flows.takeSeat(flowId, seat))

/** The seats that the service has already. */
export function useSeats(flowId: string, enabled = true) {
  const client = useMooring()
  return useQuery({ queryKey: keys.seats(flowId), queryFn: () => client.flows.seats(flowId), enabled })
}

/** Leaves for the service's own page, which brings the browser back. */
export function useHostedSignIn(flowId: string) {
  const client = useMooring()
  return useMutation({
    mutationFn: () => client.flows.hosted(flowId),
    gcTime: 0,
    onSuccess: ({ url }) => window.location.assign(url),
  })
}

function useFlowStep<Input>(flowId: string, run: (client: Client, input: Input) => Promise<Flow>) {
  const client = useMooring()
  const queries = useQueryClient()
  const queryKey = keys.flow(flowId)
  return useMutation({
    mutationKey: queryKey,
    mutationFn: (input: Input) => run(client, input),
    // What was typed is not kept for longer than the form that held it.
    gcTime: 0,
    onSuccess: async (flow) => {
      // A look that began earlier must not overwrite what came of this.
      await queries.cancelQueries({ queryKey, exact: true })
      queries.setQueryData(queryKey, flow)
      if (flow.state === 'connected') void queries.invalidateQueries({ queryKey: keys.connections })
    },
    // What stands against it may be written in the flow by now.
    onError: () => queries.invalidateQueries({ queryKey, exact: true }),
  })
}
