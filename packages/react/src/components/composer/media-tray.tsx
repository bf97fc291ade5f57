import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { rectSortingStrategy, SortableContext } from '@dnd-kit/sortable'
import { useId, useRef } from 'react'
import type { MediaUse } from '../../api.ts'
import { acceptOf } from '../../logic/features.ts'
import { moved } from '../../logic/post-content.ts'
import { placeOf } from '../../logic/uploads.ts'
import { Glyph } from '../parts/glyph.tsx'
import { useDesk } from './context.ts'
import { MediaDetails } from './media-details.tsx'
import { MediaTile } from './media-tile.tsx'
import { UploadTile } from './upload-tile.tsx'

interface MediaTrayProps {
  /** `media`, `thread.0.media`. */
  at: string
  uses: readonly MediaUse[]
  onChange: (uses: MediaUse[]) => void
  small?: boolean
}

/** The files of one part: dragged or moved by keys into order, each with what it shows in words. */
export function MediaTray({ at, uses, onChange, small = false }: MediaTrayProps) {
  const { scope, media, uploads, picked, pick, taken } = useDesk()
  const context = useId()
  const files = useRef<HTMLInputElement>(null)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  )
  const place = placeOf(scope, at)
  const coming = uploads.list.filter((one) => one.place === place)
  if (uses.length === 0 && coming.length === 0) return null
  const ids = uses.map((one) => one.id)
  const open = uses.findIndex((one) => one.id === picked)
  const move = (from: number, to: number) => {
    if (to >= 0 && to < uses.length) onChange(moved(uses, from, to))
  }
  const drop = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) move(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)))
  }
  const use = uses[open]
  return (
    <div className="mooring-tray" data-size={small ? 'small' : 'large'} data-slot="media-tray">
      <DndContext id={context} sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={ids} strategy={rectSortingStrategy}>
          <ul aria-label="Files" data-at={at} tabIndex={-1}>
            {uses.map((one, number) => (
              <MediaTile
                key={one.id}
                use={one}
                item={media.get(one.id)}
                at={`${at}.${number}`}
                number={number + 1}
                open={one.id === picked}
                onOpen={() => pick(one.id === picked ? undefined : one.id)}
                onMove={(by) => move(number, number + by)}
              />
            ))}
            {coming.map((one) => (
              <UploadTile key={one.key} upload={one} />
            ))}
            <li>
              <button type="button" className="mooring-tile-add" onClick={() => files.current?.click()}>
                <Glyph name="image-plus" size={18} />
                Add
              </button>
              <input
                ref={files}
                type="file"
                hidden
                multiple
                accept={acceptOf(taken)}
                aria-label="More files"
                onChange={(event) => {
                  uploads.add(place, [...(event.target.files ?? [])])
                  event.target.value = ''
                }}
              />
            </li>
          </ul>
        </SortableContext>
      </DndContext>
      {use && (
        <MediaDetails
          key={use.id}
          use={use}
          item={media.get(use.id)}
          at={`${at}.${open}`}
          number={open + 1}
          of={uses.length}
          onChange={(next) => onChange(uses.map((one, number) => (number === open ? next : one)))}
          onMove={(by) => move(open, open + by)}
          onRemove={() => {
            pick(undefined)
            onChange(uses.filter((one) => one.id !== use.id))
          }}
        />
      )}
    </div>
  )
}
