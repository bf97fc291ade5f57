import type { Tone } from '../logic/status.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

interface PillProps {
  tone: Tone
  icon: IconName
  /** Not certain. */
  dashed?: boolean
  children: string
}

export function Pill({ tone, icon, dashed = false, children }: PillProps) {
  return (
    <span data-slot="pill" data-tone={tone} data-edge={dashed ? 'dashed' : undefined} className="mooring-pill">
      <Icon name={icon} />
      {children}
    </span>
  )
}
