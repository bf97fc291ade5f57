import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NewConnectLink } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** The links that were handed out, the newest first. */
export function useConnectLinks() {
  const client = useMooring()
  return useQuery({ queryKey: keys.connectLinks, queryFn: client.connectLinks.list })
}

/** The answer's `url` is shown once: it is in no later answer. */
export function useCreateConnectLink() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wanted: NewConnectLink) => client.connectLinks.create(wanted),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.connectLinks }),
  })
}

export function useWithdrawConnectLink() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: client.connectLinks.withdraw,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.connectLinks }),
  })
}

/** Who asks, and whether the link is still good: for whoever opened it. */
export function useConnectLink(link: string) {
  const client = useMooring()
  return useQuery({ queryKey: keys.connectLink(link), queryFn: () => client.connectLinks.seen(link) })
}

/** Begins what the link is for, in this browser. */
export function useFollowConnectLink(link: string) {
  const client = useMooring()
  return useMutation({
    mutationFn: () => client.connectLinks.start(link),
    // Not the link itself: it is used by then, and a step back would only say so.
    onSuccess: ({ authorizeUrl }) => {
      if (authorizeUrl !== undefined) window.location.replace(authorizeUrl)
    },
  })
}
