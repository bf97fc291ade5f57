import { firstSentence } from '@mooring/react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  bad: { box: 'bg-bad-bg', lead: 'text-bad' },
  warn: { box: 'bg-warn-bg', lead: 'text-warn' },
  idle: { box: 'bg-idle-bg', lead: 'text-ink' },
}

export interface BannerProps {
  tone: keyof typeof TONES
  icon: LucideIcon
  /** Its first sentence is the lead. */
  message: string
  children?: ReactNode
}

export function Banner({ tone, icon: Icon, message, children }: BannerProps) {
  const { box, lead } = TONES[tone]
  const [first, rest] = firstSentence(message)
  return (
    <div data-slot="banner" data-tone={tone} className={`flex gap-2 rounded-inset px-2.5 py-2 text-ink ${box}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={`mt-px flex-none ${lead}`} />
      <div className="min-w-0 flex-1 text-caption/[17px]">
        <p>
          <b className={`font-semibold ${lead}`}>{first}</b> {rest}
        </p>
        {children}
      </div>
    </div>
  )
}
