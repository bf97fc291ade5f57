import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Post, PostCheck, PostFilter } from '../api.ts'
import { complete, type Draft } from '../logic/post-content.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'
import { useRested } from './use-rested.ts'

/** A page of a list at a time. */
export function usePosts(filter: PostFilter) {
  const client = useMooring()
  return useInfiniteQuery({
    queryKey: keys.postPages(filter),
    queryFn: ({ pageParam }) => client.posts.page({ ...filter, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** The server's most for a page. */
const PAGE = 200

/** Everything due, published or made within some days, whole: a calendar with holes is none. */
export function usePostsWithin(filter: Pick<PostFilter, 'from' | 'to' | 'accountId'>) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.postsWithin(filter),
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const all: Post[] = []
      let cursor: string | undefined
      do {
        const page = await client.posts.page({ ...filter, cursor, limit: PAGE })
        all.push(...page.data)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return all
    },
  })
}

const LOOK_AGAIN = 60_000
/** A mark on a menu says no more than this. */
const MOST = 50

/** How many posts need somebody; past fifty it is fifty. */
export function useAttention(enabled = true) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.attention,
    queryFn: () => client.posts.page({ view: 'attention', limit: MOST }),
    select: ({ data }) => data.length,
    refetchInterval: LOOK_AGAIN,
    enabled,
  })
}

/** Undefined: none is asked for. `fresh`: what is known of it already is not enough. */
export function usePost(id: string | undefined, { fresh = false } = {}) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.post(id ?? ''),
    queryFn: () => client.posts.get(id ?? ''),
    enabled: id !== undefined,
    refetchOnMount: fresh ? 'always' : true,
  })
}

/** One delivery with its attempts, as long as somebody looks at them. */
export function useDelivery(id: string, enabled = true) {
  const client = useMooring()
  return useQuery({ queryKey: keys.postDelivery(id), queryFn: () => client.posts.delivery(id), enabled })
}

/** Accounts that posts can go to, and what each takes. */
export function useTargets() {
  const client = useMooring()
  return useQuery({ queryKey: keys.targets, queryFn: client.posts.targets })
}

const REST = 300
/** A check that was not answered is asked for again so much later. */
const CHECK_AGAIN = 8000

/**
 * What stands against a draft, for each account, once the writing rests. `stale`: the answer is of an earlier draft, also
 * while the newest cannot be checked. Nothing is asked while no account is chosen.
 */
export function usePostCheck(draft: Draft) {
  const client = useMooring()
  const rested = useRested(draft, REST)
  const enabled = rested.targets.length > 0
  const query = useQuery({
    queryKey: keys.postCheck(rested),
    queryFn: () => client.posts.validate(complete(rested)),
    enabled,
    placeholderData: keepPreviousData,
    // What was written before is of no use to anybody.
    gcTime: 0,
    refetchInterval: ({ state }) => (state.status === 'error' ? CHECK_AGAIN : false),
  })
  const last = useRef<PostCheck | undefined>(undefined)
  if (query.data) last.current = query.data
  return {
    ...query,
    data: enabled ? (query.data ?? last.current) : undefined,
    stale: rested !== draft || query.isPlaceholderData || query.data === undefined,
  }
}
