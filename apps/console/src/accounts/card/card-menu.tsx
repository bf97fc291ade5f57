import type { Connection } from '@mooring/react'
import { Activity, Ellipsis, History, ListChecks, PlugZap, RefreshCw, Unplug } from 'lucide-react'
import { useRefused } from '../../alerts/use-refused.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { mayRefresh, useRefresh } from '../use-refresh.ts'

interface CardMenuProps {
  connection: Connection
  name: string
  onTest: () => void
  onReconnect: () => void
  onChoose: () => void
  /** Left out where the history stands on the page already. */
  onHistory?: () => void
  onDisconnect: () => void
}

export function CardMenu(props: CardMenuProps) {
  const { connection, name, onTest, onReconnect, onChoose, onHistory, onDisconnect } = props
  const refresh = useRefresh(connection, name)
  const refused = useRefused()
  const works = connection.state === 'connected' || connection.state === 'failing'
  return (
    <Menu
      label={`${name}, ${connection.identity.label}`}
      trigger={
        <IconButton label={`More for ${name}, ${connection.identity.label}`} className="ml-auto">
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Activity size={14} aria-hidden />} onSelect={onTest}>
        Test
      </MenuItem>
      {mayRefresh(connection) && (
        <MenuItem icon={<RefreshCw size={14} aria-hidden />} onSelect={refresh.run}>
          Refresh now
        </MenuItem>
      )}
      {/* Where the platform refuses our app, no person's consent can mend it. */}
      {!refused(connection.registration) && (
        <MenuItem icon={<PlugZap size={14} aria-hidden />} onSelect={onReconnect}>
          Reconnect
        </MenuItem>
      )}
      {works && (
        <MenuItem icon={<ListChecks size={14} aria-hidden />} onSelect={onChoose}>
          Add or remove accounts
        </MenuItem>
      )}
      {onHistory && (
        <MenuItem icon={<History size={14} aria-hidden />} onSelect={onHistory}>
          What happened
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<Unplug size={14} aria-hidden />} tone="bad" onSelect={onDisconnect}>
        Disconnect…
      </MenuItem>
    </Menu>
  )
}
