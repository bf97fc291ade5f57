import { type Delivery, usePostChange } from '@mooring/react'
import { notify } from '../../ui/notify.tsx'

export type Deed = 'retry' | 'live' | 'again' | 'cancel' | 'remove'

interface Asked {
  deed: Deed
  delivery: Delivery
  /** What a person pasted: the post's address. */
  url?: string | undefined
}

/** What a person does about one delivery. `error` is why the last was refused, for whoever shows it; `told` shows it as a message. */
export function useDeeds() {
  const change = usePostChange((client, { deed, delivery: { id }, url }: Asked): Promise<Delivery> => {
    switch (deed) {
      case 'retry':
        return client.posts.retry(id)
      case 'live':
        return client.posts.confirm(id, { live: true, url: url?.trim() || undefined })
      case 'again':
        return client.posts.confirm(id, { live: false })
      case 'cancel':
        return client.posts.cancel(id)
      case 'remove':
        return client.posts.takeDown(id)
    }
  })
  return {
    busy: (deed: Deed) => change.isPending && change.variables.deed === deed,
    error: change.error,
    run: (asked: Asked, onDone: () => void) => change.mutate(asked, { onSuccess: onDone }),
    told: (asked: Asked) =>
      change.mutate(asked, { onError: (error) => notify.problem(error, { id: asked.delivery.id }) }),
    forget: change.reset,
  }
}
