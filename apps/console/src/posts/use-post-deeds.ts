import { type Choice, longWall, newIntentKey, type Post, usePostChange } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../ui/notify.tsx'

/**
 * What is done with a whole post: another time, back to the drafts, a copy, away. Told by the answer itself: the row that
 * asked may be gone by then, and with it the callbacks of `mutate`.
 */
export function usePostDeeds(post: Post) {
  const navigate = useNavigate()
  const id = `post-${post.id}`
  const problem = (error: unknown) => notify.problem(error, { id })
  const schedule = usePostChange((client, when: Choice | { how: 'draft' }) =>
    client.posts.schedule(post.id, when, post.version, newIntentKey()),
  )
  const duplicate = usePostChange((client, _: undefined) => client.posts.duplicate(post.id))
  const remove = usePostChange(async (client, onDone: () => void) => {
    await client.posts.remove(post.id)
    // Before it is read anew: the page of a post that is gone says so, and nothing else.
    notify.ok('The post is removed.', { id })
    onDone()
  })
  return {
    busy: schedule.isPending || duplicate.isPending || remove.isPending,
    move: (choice: Choice, onDone?: () => void) =>
      void schedule.mutateAsync(choice).then((now) => {
        notify.ok(now.at ? `Moved to ${longWall(now.at)}.` : 'It goes out now.', { id })
        onDone?.()
      }, problem),
    takeBack: () =>
      void schedule
        .mutateAsync({ how: 'draft' })
        .then(() => notify.ok('It is a draft again. Nothing goes out.', { id }), problem),
    copy: () =>
      void duplicate
        .mutateAsync(undefined)
        .then((made) => void navigate({ to: '/compose/{-$post}', params: { post: made.id } }), problem),
    remove: (onDone: () => void) => void remove.mutateAsync(onDone).catch(problem),
  }
}

/** Nothing of it has left, so that it can be changed, moved and removed. */
export const isOpen = ({ state }: Post): boolean => ['draft', 'scheduled', 'cancelled'].includes(state)
