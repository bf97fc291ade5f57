import { useDraggable } from '@dnd-kit/core'
import { Mark, networkOf } from '@mooring/react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { Entry } from './entries.ts'
import { EntryCard } from './entry-card.tsx'
import { boxOf, INKS } from './looks.ts'
import { ICONS } from './state-icons.ts'

export interface EntryButtonProps {
  entry: Entry
  zone: string
  may: boolean
  onMove: (entry: Entry) => void
  /** Over the whole of its place: in hours, not in a list. */
  fill?: boolean
}

/** A post on its day. It is dragged where it may be moved; a press opens it, with the dialog that moves it without a pointer. */
export function EntryButton({ entry, zone, may, onMove, fill = false }: EntryButtonProps) {
  const [open, setOpen] = useState(false)
  const { listeners, setNodeRef, isDragging } = useDraggable({
    id: entry.post.id,
    data: { entry },
    disabled: !may || !entry.movable,
  })
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          ref={setNodeRef}
          type="button"
          data-slot="entry"
          data-post={entry.post.id}
          data-look={entry.look.label}
          // Not the keyboard's: Enter and space open it.
          onMouseDown={listeners?.onMouseDown as never}
          onTouchStart={listeners?.onTouchStart as never}
          className={`group/entry relative w-full overflow-clip rounded-[6px] border px-1.5 text-left text-floor/4 font-medium ${fill ? 'h-full py-1' : 'py-0.75'} ${boxOf(entry)} ${isDragging ? 'opacity-40' : ''} ${may && entry.movable ? 'cursor-grab' : 'cursor-pointer'}`}
        >
          <EntryWords entry={entry} two={fill || entry.urgent} />
        </button>
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Content
          sideOffset={6}
          collisionPadding={12}
          aria-label={entry.title}
          className="z-30 w-75 animate-menu rounded-inset border border-line-strong bg-float p-3.5 shadow-menu outline-none data-[state=closed]:animate-leave"
        >
          <EntryCard
            entry={entry}
            zone={zone}
            may={may}
            onMove={() => {
              setOpen(false)
              onMove(entry)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Time, title, networks; what needs somebody says what it is. */
export function EntryWords({ entry, two }: { entry: Entry; two: boolean }) {
  const { time, title, look, post, urgent } = entry
  const networks = [
    ...new Map(post.deliveries.map((one) => [networkOf(one.account).id, networkOf(one.account)])).values(),
  ]
  const Icon = ICONS[look.icon]
  const marks = (
    <span className="flex flex-none items-center gap-1 self-center text-ink-2">
      {networks.slice(0, 3).map((one) => (
        <Mark key={one.id} provider={one.mark} name={one.name} size={11} />
      ))}
      <span className="sr-only"> on {networks.map((one) => one.name).join(', ')}</span>
    </span>
  )
  return (
    <>
      <span className="flex items-baseline gap-1.5">
        {two && urgent && Icon ? (
          <Icon size={12} aria-hidden className={`flex-none self-center ${INKS[look.tone]}`} />
        ) : (
          <span className="flex-none font-normal tabular-nums">{time}</span>
        )}
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {marks}
      </span>
      {two && urgent ? (
        <span className={`block truncate font-normal ${INKS[look.tone]} pl-4.5`}>
          {time} {look.label}
        </span>
      ) : (
        <span className="sr-only">, {look.label}</span>
      )}
    </>
  )
}
