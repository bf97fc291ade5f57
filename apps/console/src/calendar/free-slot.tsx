import type { At } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'

/** An empty slot of the week: a press writes for it. */
export function FreeSlot({ at, fill = false }: { at: At; fill?: boolean }) {
  const time = at.local.slice(11, 16)
  return (
    <Link
      to="/compose/{-$post}"
      params={{ post: undefined }}
      search={{ at: at.local.slice(0, 16), zone: at.zone }}
      data-slot="free"
      className={`flex items-center gap-1.5 rounded-[6px] border border-dashed border-line-strong px-1.5 text-floor/4 font-medium text-ink-3 hover:border-control hover:text-ink ${fill ? 'h-full' : 'py-0.75'}`}
    >
      <Plus size={11} aria-hidden />
      <span className="tabular-nums">{time}</span> free
    </Link>
  )
}
