import { useId, useState } from 'react'
import type { At } from '../../api.ts'
import type { Choice } from '../../logic/compose-words.ts'
import { moment as momentOf, shownZone } from '../../logic/dates.ts'
import {
  dayOf,
  instantOf,
  longWall,
  oddTimeNote,
  offsetName,
  soon,
  timeOf,
  zoneName,
  zonesWith,
} from '../../logic/wall-time.ts'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'

export interface WhenSheetProps {
  choice: Choice
  /** Of the workspace. */
  zone: string
  /** The coming free slots. */
  slots: readonly At[]
  onChoose: (choice: Choice) => void
  onClose: () => void
  /** The button's words. */
  action?: string
  title?: string
}

/** A day and a time on a named clock, or one of the coming free slots. */
export function WhenSheet({
  choice,
  zone,
  slots,
  onChoose,
  onClose,
  action = 'Use this time',
  title = 'When does it go out?',
}: WhenSheetProps) {
  const [at, setAt] = useState<At>(() => (choice.how === 'at' ? choice.at : (slots[0] ?? soon(Date.now(), zone))))
  const ids = { day: useId(), time: useId(), zone: useId(), note: useId() }
  const moment = instantOf(at)
  const known = !Number.isNaN(moment)
  const past = known && moment < Date.now()
  const set = (day: string, time: string) => setAt({ ...at, local: `${day}T${time}` })
  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            blocked={!known || past}
            aria-describedby={ids.note}
            onClick={() => {
              onChoose({ how: 'at', at })
              onClose()
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="mooring-form">
        <div className="mooring-form-row" data-even="true">
          <div className="mooring-entry">
            <label htmlFor={ids.day}>Day</label>
            <input
              id={ids.day}
              type="date"
              value={dayOf(at)}
              onChange={(event) => set(event.target.value, timeOf(at))}
            />
          </div>
          <div className="mooring-entry">
            <label htmlFor={ids.time}>Time</label>
            <input
              id={ids.time}
              type="time"
              value={timeOf(at)}
              onChange={(event) => set(dayOf(at), event.target.value)}
            />
          </div>
        </div>
        <div className="mooring-entry">
          <label htmlFor={ids.zone}>Time zone</label>
          <select id={ids.zone} value={at.zone} onChange={(event) => setAt({ ...at, zone: event.target.value })}>
            {zonesWith(at.zone, zone).map((one) => (
              <option key={one} value={one}>
                {zoneName(one)}
              </option>
            ))}
          </select>
        </div>
        <p id={ids.note} role="status" className="mooring-when-note" data-tone={past || !known ? 'bad' : undefined}>
          {!known
            ? 'Pick a day and a time.'
            : past
              ? 'That time has passed. Pick another.'
              : (oddTimeNote(at) ?? elsewhere(at, moment))}
        </p>
        {slots.length > 0 && (
          <fieldset className="mooring-slots">
            <legend>Free slots</legend>
            {slots.slice(0, 6).map((slot) => (
              <button key={slot.local} type="button" aria-pressed={slot.local === at.local} onClick={() => setAt(slot)}>
                {longWall(slot)}
              </button>
            ))}
          </fieldset>
        )}
      </div>
    </Sheet>
  )
}

/** The same moment for the reader, where their clock shows another time. */
function elsewhere(at: At, moment: number): string {
  const own = shownZone()
  const zone = offsetName(moment, at.zone)
  if (offsetName(moment, own) === zone) return `${longWall(at)}, ${zone}.`
  return `${longWall(at)}, ${zone}. On your clock it is ${momentOf(new Date(moment).toISOString(), Date.now())}.`
}
