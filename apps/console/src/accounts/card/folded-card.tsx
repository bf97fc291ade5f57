import { type Connection, count } from '@mooring/react'
import { ChevronRight, CircleCheck } from 'lucide-react'
import { Tile } from '../../ui/tile.tsx'

/** A healthy connection on a phone: one row that opens. */
export function FoldedCard({
  connection,
  name,
  onUnfold,
}: {
  connection: Connection
  name: string
  onUnfold: () => void
}) {
  return (
    <button
      type="button"
      data-slot="folded-card"
      data-connection={connection.id}
      onClick={onUnfold}
      aria-expanded={false}
      className="flex w-full cursor-pointer items-center gap-2.5 rounded-card border border-line bg-card p-3.5 text-left shadow-card"
    >
      <Tile provider={connection.provider} name={name} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-section">
          {name} <span className="font-normal text-ink-2">{connection.identity.label}</span>
        </span>
        <span className="flex items-center gap-1.5 text-caption text-ink-2">
          <CircleCheck size={13} className="text-ok" aria-hidden />
          Connected, {count(connection.accounts.length, 'account')}
        </span>
      </span>
      <ChevronRight size={16} strokeWidth={1.75} className="flex-none text-ink-3" aria-hidden />
    </button>
  )
}
