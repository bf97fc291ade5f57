import { CalendarX, CircleHelp, CircleX, type LucideIcon, Pause, SkipForward, TriangleAlert } from 'lucide-react'

/** Of the states that need somebody, by the name that a state's look bears. */
export const ICONS: Readonly<Partial<Record<string, LucideIcon>>> = {
  'circle-x': CircleX,
  'circle-question-mark': CircleHelp,
  'calendar-x': CalendarX,
  'triangle-alert': TriangleAlert,
  'skip-forward': SkipForward,
  pause: Pause,
}
