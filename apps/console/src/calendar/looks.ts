import type { Tone } from '@mooring/react'
import { CalendarX, CircleHelp, CircleX, type LucideIcon, Pause, TriangleAlert } from 'lucide-react'
import type { Entry, Filter } from './entries.ts'

/** How an entry is filled: calm ones stay quiet, what needs somebody bears its state's colour. */
const BOXES: Record<Tone, string> = {
  ok: 'border-transparent text-ink-2 hover:bg-hover/60',
  idle: 'border-line bg-raised text-ink hover:border-line-strong',
  accent: 'border-transparent bg-accent-soft text-ink',
  warn: 'border-warn-line bg-warn-bg text-ink',
  bad: 'border-bad-line bg-bad-bg text-ink',
  unk: 'border-unk-line bg-unk-bg text-ink',
}

export const boxOf = ({ look, urgent }: Entry): string =>
  look.dashed
    ? `border-dashed ${look.tone === 'bad' ? 'border-bad-dot text-ink' : BOXES[look.tone]}`
    : urgent
      ? BOXES[look.tone]
      : BOXES[look.tone === 'warn' || look.tone === 'bad' ? 'idle' : look.tone]

export const INKS: Record<Tone, string> = {
  ok: 'text-ok',
  idle: 'text-ink-2',
  accent: 'text-link',
  warn: 'text-warn',
  bad: 'text-bad',
  unk: 'text-unk',
}

export interface FilterLook {
  icon: LucideIcon
  tone: Tone
  dashed?: true
  words: (count: number) => string
}

export const FILTER_LOOKS: Record<Filter, FilterLook> = {
  failed: { icon: CircleX, tone: 'bad', words: (n) => `${n} failed` },
  unknown: { icon: CircleHelp, tone: 'unk', words: (n) => `${n} unknown` },
  missed: { icon: CalendarX, tone: 'warn', words: (n) => `${n} missed` },
  risk: { icon: TriangleAlert, tone: 'warn', words: (n) => `${n} at risk` },
  waiting: { icon: Pause, tone: 'bad', dashed: true, words: (n) => `${n} ${n === 1 ? 'waits' : 'wait'}` },
}
