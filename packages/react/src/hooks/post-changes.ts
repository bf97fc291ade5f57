import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { NewPost, Post } from '../api.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** For one intent: kept and sent again with it, whatever is lost on the way. Also on pages without https, which have no `randomUUID`. */
export const newIntentKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** `key`: one of `newIntentKey` for each intent. */
export function useCreatePost() {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ post, key }: { post: NewPost; key: string }) => client.posts.create(post, key),
    onSuccess: (post) => remember(queries, post),
  })
}

/** A change of a post or of a delivery: `run` does it, and what it touches is read anew. */
export function usePostChange<Input, Answer>(
  run: (client: ReturnType<typeof useMooring>, input: Input) => Promise<Answer>,
) {
  const client = useMooring()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => run(client, input),
    // Refused, too: what it was refused for is news.
    onSettled: () => changedPosts(queries),
  })
}

/** Puts a post where those find it who look at it, and asks for the lists anew. */
export function remember(queries: QueryClient, post: Post): Promise<void> {
  queries.setQueryData(keys.post(post.id), post)
  return changedPosts(queries)
}

export const changedPosts = async (queries: QueryClient): Promise<void> => {
  await Promise.all([keys.posts, keys.nextSlots].map((queryKey) => queries.invalidateQueries({ queryKey })))
}
