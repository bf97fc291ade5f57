import type { Permission } from '@mooring/react'
import {
  Anchor,
  CalendarDays,
  ChartNoAxesGantt,
  type LucideIcon,
  ScrollText,
  Send,
  Settings,
  SquarePen,
} from 'lucide-react'
import { useSignedIn } from '../app/gate.tsx'

export interface Destination {
  to: '/accounts' | '/compose/{-$post}' | '/calendar' | '/posts' | '/timeline' | '/activity' | '/settings'
  label: string
  icon: LucideIcon
  /** Without it, the place is not there. */
  needs?: Permission
  /** On a phone: a tab of its own; else it is under More. */
  tab?: true
}

/** Of a link to a place: a post that is open now is not carried along. */
export const AFRESH = { post: undefined }

/** What there is, and nothing that is only planned. */
const DESTINATIONS: readonly Destination[] = [
  { to: '/accounts', label: 'Accounts', icon: Anchor, tab: true },
  { to: '/compose/{-$post}', label: 'Compose', icon: SquarePen, needs: 'posts:write', tab: true },
  { to: '/calendar', label: 'Calendar', icon: CalendarDays, needs: 'posts:read', tab: true },
  { to: '/posts', label: 'Posts', icon: Send, needs: 'posts:read', tab: true },
  { to: '/timeline', label: 'Timeline', icon: ChartNoAxesGantt },
  { to: '/activity', label: 'Activity', icon: ScrollText, needs: 'audit:read' },
  { to: '/settings', label: 'Settings', icon: Settings },
]

/** Where this person may go. */
export function useDestinations(): readonly Destination[] {
  const { permissions } = useSignedIn()
  return DESTINATIONS.filter(({ needs }) => needs === undefined || permissions.includes(needs))
}
