import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type At, instantOf, longWall, type Post } from '@mooring/react'
import { useId, useState } from 'react'
import { MoveSheet } from '../posts/post-menu.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { notify } from '../ui/notify.tsx'
import { type Band, fallsAfter } from './bands.ts'
import { DaysList } from './days-list.tsx'
import { type Entry, movedTo } from './entries.ts'
import { EntryWords } from './entry-button.tsx'
import type { Look } from './grid.ts'
import { Hours } from './hours.tsx'
import { HOUR, timeAt } from './lanes.ts'
import { boxOf } from './looks.ts'
import { Month } from './month.tsx'
import type { SheetProps } from './sheet-props.ts'

interface Props extends Omit<SheetProps, 'onMove'> {
  look: Look
  onMoved: (entry: Entry, at: At) => void
}

/** The days, and what is moved over them: by a pointer or by a dialog. */
export function Sheet({ look, onMoved, ...props }: Props) {
  const { zone, bands, now } = props
  const context = useId()
  const [held, setHeld] = useState<Entry | undefined>(undefined)
  const [asking, setAsking] = useState<{ entry: Entry; at: At; band: Band } | undefined>(undefined)
  const [picking, setPicking] = useState<Entry | undefined>(undefined)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 260, tolerance: 8 } }),
  )
  const put = (entry: Entry, at: At) => {
    const day = at.local.slice(0, 10)
    const time = at.local.slice(11, 16)
    if (day === entry.day && time === entry.time && at.zone === zone) return
    if (instantOf(at) < now) {
      notify.bad('That time has passed. A post can only be moved to what is still to come.', { id: 'moved' })
      return
    }
    const band = fallsAfter(bands, connectionsOf(entry.post), day, time)
    const before = fallsAfter(bands, connectionsOf(entry.post), entry.day, entry.time)
    if (band && !before) setAsking({ entry, at, band })
    else onMoved(entry, at)
  }
  const drop = ({ active, over }: DragEndEvent) => {
    const entry = held
    setHeld(undefined)
    if (!entry || !over) return
    const day = String(over.id)
    // Where it is seen: what was scrolled under the pointer is in both.
    const top = active.rect.current.translated?.top
    const byHour = look === 'week' || look === 'day'
    const time = byHour && top !== undefined ? timeAt(((top - over.rect.top) / HOUR) * 60) : entry.time
    put(entry, movedTo(entry, zone, day, time))
  }
  const drawn = { ...props, onMove: setPicking }
  return (
    <DndContext
      id={context}
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragStart={({ active }) => setHeld(active.data.current?.entry as Entry)}
      onDragCancel={() => setHeld(undefined)}
      onDragEnd={drop}
    >
      {look === 'month' ? (
        <Month {...drawn} />
      ) : look === 'list' ? (
        <DaysList {...drawn} />
      ) : (
        <Hours key={look} {...drawn} />
      )}
      <DragOverlay dropAnimation={null}>
        {held && (
          <div
            className={`rounded-[6px] border bg-card px-1.5 py-0.75 text-floor/4 font-medium shadow-menu ${boxOf(held)}`}
          >
            <EntryWords entry={held} two={held.urgent} />
          </div>
        )}
      </DragOverlay>
      {picking && (
        <MoveSheet
          at={{ local: `${picking.day}T${picking.time}`, zone }}
          onChoose={(choice) => choice.how === 'at' && put(picking, choice.at)}
          onClose={() => setPicking(undefined)}
        />
      )}
      {asking && (
        <AskDialog
          title={`Move it past the end of ${asking.band.networks}?`}
          description={`${asking.band.label}’s connection ${asking.band.dead ? 'has ended' : 'ends'} before ${longWall(asking.at)}. The post waits then until somebody reconnects.`}
          action="Move it"
          keep="Leave it"
          tone="primary"
          busy={false}
          onRun={() => {
            onMoved(asking.entry, asking.at)
            setAsking(undefined)
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </DndContext>
  )
}

const connectionsOf = ({ deliveries }: Post) => deliveries.map((one) => one.connectionId)
