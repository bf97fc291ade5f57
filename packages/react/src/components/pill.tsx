import type { Tone } from '../logic/status.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

export function Pill({ tone, icon, children }: { tone: Tone; icon: IconName; children: string }) {
  return (
    <span data-slot="pill" data-tone={tone} className="mooring-pill">
      <Icon name={icon} />
      {children}
    </span>
  )
}
