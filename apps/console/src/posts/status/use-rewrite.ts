import { type Delivery, newIntentKey, usePostChange } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../../ui/notify.tsx'

/** What it said there, as a draft for this account alone. */
export function useRewrite({ id, account }: Delivery): { busy: boolean; rewrite: () => void } {
  const navigate = useNavigate()
  const make = usePostChange(async (client, key: string) => {
    const { content } = await client.posts.delivery(id)
    return client.posts.create({ content, targets: [{ accountId: account.id }], when: { how: 'draft' } }, key)
  })
  return {
    busy: make.isPending,
    rewrite: () =>
      void make.mutateAsync(newIntentKey()).then(
        (made) => void navigate({ to: '/compose/{-$post}', params: { post: made.id } }),
        (error) => notify.problem(error, { id: 'copy' }),
      ),
  }
}
