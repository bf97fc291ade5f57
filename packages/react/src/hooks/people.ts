import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AuditFilter, Role } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** How the signed-in person signs in. */
export function useMe() {
  const client = useMooring()
  return useQuery({ queryKey: keys.me, queryFn: client.me.get })
}

export function useOwnSessions() {
  const client = useMooring()
  return useQuery({ queryKey: keys.ownSessions, queryFn: client.me.sessions })
}

/** Which letters the signed-in person gets from this workspace. */
export function useNotifications() {
  const client = useMooring()
  return useQuery({ queryKey: keys.notifications, queryFn: client.me.notifications })
}

export function useChooseNotifications() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: client.me.chooseNotifications,
    onSuccess: (now) => queries.setQueryData(keys.notifications, now),
  })
}

/** This workspace and its business profile. */
export function useWorkspace() {
  const client = useMooring()
  return useQuery({ queryKey: keys.workspace, queryFn: client.workspaces.get })
}

export function useMembers() {
  const client = useMooring()
  return useQuery({ queryKey: keys.members, queryFn: client.members.list })
}

export function useInvitations(enabled: boolean) {
  const client = useMooring()
  return useQuery({ queryKey: keys.invitations, queryFn: client.invitations.list, enabled })
}

/** The answer's `link` is shown once: it is in no later answer. */
export function useInvite() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ email, role }: { email: string; role: Role }) => client.invitations.create(email, role),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.invitations }),
  })
}

/** A change of one's own account or of a workspace's people: `run` does it, and what it touches is read anew. */
export function usePeopleChange<Input, Answer>(
  run: (client: ReturnType<typeof useMooring>, input: Input) => Promise<Answer>,
) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => run(client, input),
    // What was typed is not kept for longer than the form that held it.
    gcTime: 0,
    onSuccess: () =>
      Promise.all(
        [
          ...[keys.me, keys.ownSessions, keys.members, keys.invitations, keys.session, keys.workspace],
          keys.onboarding,
        ].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  })
}

/** Who did what, newest first. */
export function useAudit(filter: AuditFilter) {
  const client = useMooring()
  return useInfiniteQuery({
    queryKey: keys.audit(filter),
    queryFn: ({ pageParam }) => client.audit.page(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}
