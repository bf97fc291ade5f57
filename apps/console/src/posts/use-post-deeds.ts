import { type Choice, longWall, newIntentKey, type Post, usePostChange } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../ui/notify.tsx'

/** What is done with a whole post: another time, back to the drafts, a copy, away. */
export function usePostDeeds(post: Post) {
  const navigate = useNavigate()
  const told = { onError: (error: unknown) => notify.problem(error, { id: `post-${post.id}` }) }
  const schedule = usePostChange((client, when: Choice | { how: 'draft' }) =>
    client.posts.schedule(post.id, when, post.version, newIntentKey()),
  )
  const duplicate = usePostChange((client, _: undefined) => client.posts.duplicate(post.id))
  const remove = usePostChange((client, _: undefined) => client.posts.remove(post.id))
  return {
    busy: schedule.isPending || duplicate.isPending || remove.isPending,
    move: (choice: Choice, onDone?: () => void) =>
      schedule.mutate(choice, {
        ...told,
        onSuccess: (now) => {
          notify.ok(now.at ? `Moved to ${longWall(now.at)}.` : 'It goes out now.', { id: `post-${post.id}` })
          onDone?.()
        },
      }),
    takeBack: () =>
      schedule.mutate(
        { how: 'draft' },
        {
          ...told,
          onSuccess: () => notify.ok('It is a draft again. Nothing goes out.', { id: `post-${post.id}` }),
        },
      ),
    copy: () =>
      duplicate.mutate(undefined, {
        ...told,
        onSuccess: (made) => void navigate({ to: '/compose/{-$post}', params: { post: made.id } }),
      }),
    remove: (onDone: () => void) =>
      remove.mutate(undefined, {
        ...told,
        onSuccess: () => {
          notify.ok('The post is removed.', { id: `post-${post.id}` })
          onDone()
        },
      }),
  }
}

/** Nothing of it has left, so that it can be changed, moved and removed. */
export const isOpen = ({ state }: Post): boolean => ['draft', 'scheduled', 'cancelled'].includes(state)
