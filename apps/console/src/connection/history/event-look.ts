import {
  CircleCheck,
  ClockAlert,
  CloudOff,
  Dot,
  ListChecks,
  type LucideIcon,
  Plug,
  RefreshCw,
  Unplug,
  Wrench,
} from 'lucide-react'

export interface EventLook {
  icon: LucideIcon
  tone: string
}

const CALM = 'text-ink-2'

/** By its kind, `what.happened`; a kind that is new here is told without a sign of its own. */
const LOOKS: Readonly<Record<string, EventLook>> = {
  'connection.connected': { icon: CircleCheck, tone: 'text-ok' },
  'connection.updated': { icon: CircleCheck, tone: 'text-ok' },
  'connection.reconnected': { icon: CircleCheck, tone: 'text-ok' },
  'connection.refreshed': { icon: RefreshCw, tone: CALM },
  'connection.expiring': { icon: ClockAlert, tone: 'text-warn' },
  'connection.failing': { icon: CloudOff, tone: 'text-warn' },
  'connection.reauthorize': { icon: Unplug, tone: 'text-bad' },
  'connection.misconfigured': { icon: Wrench, tone: 'text-bad' },
  'connection.disconnected': { icon: Plug, tone: CALM },
}

export const lookOf = (type: string): EventLook =>
  LOOKS[type] ?? { icon: type.startsWith('account') ? ListChecks : Dot, tone: CALM }
