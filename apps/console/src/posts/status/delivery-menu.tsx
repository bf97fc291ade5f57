import type { Delivery } from '@mooring/react'
import { Ban, Ellipsis, PenLine, RotateCcw, Trash2 } from 'lucide-react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import type { Deed, useDeeds } from './use-deeds.ts'
import { useRewrite } from './use-rewrite.ts'

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
  const { rewrite } = useRewrite(delivery)
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
        <MenuItem icon={<PenLine size={14} aria-hidden />} onSelect={rewrite}>
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
