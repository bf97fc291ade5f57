import { type Delivery, newIntentKey, usePostChange } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { Ban, Ellipsis, PenLine, RotateCcw, Trash2 } from 'lucide-react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { notify } from '../../ui/notify.tsx'
import type { Deed, useDeeds } from './use-deeds.ts'

interface DeliveryMenuProps {
  delivery: Delivery
  /** Its account is still there to be written for. */
  there: boolean
  deeds: ReturnType<typeof useDeeds>
  onAsk: (deed: Exclude<Deed, 'retry'>) => void
}

/** Everything else that can be done about it. */
export function DeliveryMenu({ delivery, there, deeds, onAsk }: DeliveryMenuProps) {
  const { actions, account } = delivery
  const copy = useCopy(delivery)
  const can = (deed: Delivery['actions'][number]) => actions.includes(deed)
  return (
    <Menu
      label={`More for ${account.label}`}
      trigger={
        <IconButton label={`More for ${account.label}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      {can('retry') && (
        <MenuItem icon={<RotateCcw size={14} aria-hidden />} onSelect={() => deeds.told({ deed: 'retry', delivery })}>
          Send it now
        </MenuItem>
      )}
      {there && (
        <MenuItem icon={<PenLine size={14} aria-hidden />} onSelect={copy}>
          Write it anew for this account
        </MenuItem>
      )}
      {can('cancel') && (
        <MenuItem icon={<Ban size={14} aria-hidden />} onSelect={() => onAsk('cancel')}>
          Do not send it…
        </MenuItem>
      )}
      {can('remove') && (
        <>
          <MenuLine />
          <MenuItem tone="bad" icon={<Trash2 size={14} aria-hidden />} onSelect={() => onAsk('remove')}>
            Take it down…
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

/** What it said there, as a draft for this account alone. */
function useCopy({ id, account }: Delivery) {
  const navigate = useNavigate()
  const make = usePostChange(async (client, key: string) => {
    const { content } = await client.posts.delivery(id)
    return client.posts.create({ content, targets: [{ accountId: account.id }], when: { how: 'draft' } }, key)
  })
  return () =>
    make.mutate(newIntentKey(), {
      onSuccess: (made) => void navigate({ to: '/compose/{-$post}', params: { post: made.id } }),
      onError: (error) => notify.problem(error, { id: 'copy' }),
    })
}
