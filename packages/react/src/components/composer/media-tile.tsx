import { useSortable } from '@dnd-kit/sortable'
import type { KeyboardEvent } from 'react'
import type { MediaItem, MediaUse } from '../../api.ts'
import { playTime } from '../../logic/post-words.ts'
import { count } from '../../logic/words.ts'
import { Icon } from '../icon.tsx'
import { Picture } from '../previews/picture.tsx'
import { useDesk } from './context.ts'

interface MediaTileProps {
  use: MediaUse
  item: MediaItem | undefined
  at: string
  number: number
  open: boolean
  onOpen: () => void
  onMove: (by: number) => void
}

const KINDS = { image: 'Picture', gif: 'Animation', video: 'Video', document: 'Document' }

/** One file. A press opens what is said of it; Alt and an arrow move it. */
export function MediaTile({ use, item, at, number, open, onOpen, onMove }: MediaTileProps) {
  const { taken } = useDesk()
  const { listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: use.id })
  const kind = item ? KINDS[item.kind] : 'File'
  const described = (use.alt ?? '') !== ''
  const wants = taken.altText > 0 && (item?.kind === 'image' || item?.kind === 'gif')
  const keys = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key] : undefined
    if (by === undefined) return
    event.preventDefault()
    onMove(by)
  }
  return (
    <li
      ref={setNodeRef}
      data-dragging={isDragging}
      style={{
        transform: transform ? `translate(${transform.x}px, ${transform.y}px)` : undefined,
        transition,
      }}
    >
      <button
        type="button"
        data-at={at}
        className="mooring-tile"
        aria-expanded={open}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
        onClick={onOpen}
        onKeyDown={keys}
        // Not the keyboard's: Enter and space open it.
        onPointerDown={listeners?.onPointerDown as never}
        onTouchStart={listeners?.onTouchStart as never}
      >
        <span className="mooring-hidden">
          {kind} {number}, {item?.fileName ?? 'gone'}{' '}
        </span>
        <Picture item={item} />
        {item?.kind === 'video' && item.durationMs !== null && (
          <span className="mooring-tile-badge" data-corner="top">
            {playTime(item.durationMs)}
          </span>
        )}
        {item?.kind === 'gif' && (
          <span className="mooring-tile-badge" data-corner="top">
            GIF
          </span>
        )}
        {item?.kind === 'document' && item.pages !== null && (
          <span className="mooring-tile-badge">{count(item.pages, 'page')}</span>
        )}
        {wants && (
          <span className="mooring-tile-badge" data-tone={described ? undefined : 'warn'}>
            ALT <span className="mooring-hidden">{described ? 'written' : 'missing'}</span>
            <Icon name={described ? 'check' : 'triangle-alert'} size={11} />
          </span>
        )}
      </button>
    </li>
  )
}
