import type { Permission } from '@mooring/react'
import { Anchor, ChartNoAxesGantt, type LucideIcon, ScrollText, Settings } from 'lucide-react'
import { useSignedIn } from '../app/gate.tsx'

export interface Destination {
  to: '/accounts' | '/timeline' | '/activity' | '/settings'
  label: string
  icon: LucideIcon
  /** Without it, the place is not there. */
  needs?: Permission
}

/** What there is, and nothing that is only planned. */
const DESTINATIONS: readonly Destination[] = [
  { to: '/accounts', label: 'Accounts', icon: Anchor },
  { to: '/timeline', label: 'Timeline', icon: ChartNoAxesGantt },
  { to: '/activity', label: 'Activity', icon: ScrollText, needs: 'audit:read' },
  { to: '/settings', label: 'Settings', icon: Settings },
]

/** Where this person may go. */
export function useDestinations(): readonly Destination[] {
  const { permissions } = useSignedIn()
  return DESTINATIONS.filter(({ needs }) => needs === undefined || permissions.includes(needs))
}
