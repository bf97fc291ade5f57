import { Anchor, ChartNoAxesGantt, type LucideIcon, Settings } from 'lucide-react'

export interface Destination {
  to: '/accounts' | '/timeline' | '/settings'
  label: string
  icon: LucideIcon
}

/** What there is, and nothing that is only planned. */
export const DESTINATIONS: readonly Destination[] = [
  { to: '/accounts', label: 'Accounts', icon: Anchor },
  { to: '/timeline', label: 'Timeline', icon: ChartNoAxesGantt },
  { to: '/settings', label: 'Settings', icon: Settings },
]
