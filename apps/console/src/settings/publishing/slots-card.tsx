import type { Slot } from '@mooring/react'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { DAYS, isTime, timesOn, WEEK, weekdayName, without, withTime } from './slots.ts'

interface SlotsCardProps {
  slots: readonly Slot[]
  zone: string
  may: boolean
  onChange: (slots: Slot[]) => void
}

/** The times of the week at which posts go out when they are given no other. */
export function SlotsCard({ slots, zone, may, onChange }: SlotsCardProps) {
  const [time, setTime] = useState('09:00')
  const [days, setDays] = useState(DAYS[0]?.id ?? '')
  const id = useId()
  const add = (event: FormEvent) => {
    event.preventDefault()
    const chosen = DAYS.find((one) => one.id === days)
    if (chosen && isTime(time)) onChange(withTime(slots, chosen.weekdays, time))
  }
  return (
    <Card aria-labelledby={id} className="p-4" data-slot="slots">
      <h2 id={id} className="text-section">
        Weekly slots
      </h2>
      <p className="mt-0.5 text-caption text-ink-2">
        “Next free slot” takes the first of these that has no post yet. On the clock of {zone.replaceAll('_', ' ')},
        also when clocks change.
      </p>
      {slots.length === 0 && <p className="mt-3 text-ui">No slots yet. Add the first time below.</p>}
      <ul className="mt-3.5 grid gap-1">
        {WEEK.map((weekday) => (
          <Weekday key={weekday} weekday={weekday} slots={slots} may={may} onChange={onChange} />
        ))}
      </ul>
      {may && (
        <form onSubmit={add} className="mt-4 flex flex-wrap items-end gap-3 border-t border-line pt-3.5">
          <div className="w-36 max-rail:flex-1">
            <Field label="Time" type="time" required value={time} onChange={(event) => setTime(event.target.value)} />
          </div>
          <div className="w-52 max-rail:flex-1">
            <Choice label="On" value={days} onChange={setDays}>
              {DAYS.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.label}
                </option>
              ))}
            </Choice>
          </div>
          <Button type="submit" className="max-rail:w-full">
            <Plus size={14} aria-hidden />
            Add
          </Button>
        </form>
      )}
    </Card>
  )
}

interface WeekdayProps {
  weekday: number
  slots: readonly Slot[]
  may: boolean
  onChange: (slots: Slot[]) => void
}

function Weekday({ weekday, slots, may, onChange }: WeekdayProps) {
  const times = timesOn(slots, weekday)
  const name = weekdayName(weekday)
  return (
    <li className="flex min-h-8 items-start gap-3" data-weekday={weekday}>
      <span className="w-24 flex-none pt-1.5 text-caption font-medium text-ink-2">{name}</span>
      <ul className="flex flex-wrap gap-1.5" aria-label={name}>
        {times.map((time) => (
          <li
            key={time}
            className="flex h-7 items-center rounded-pill border border-line bg-raised pr-0.5 pl-2.5 text-caption font-medium tabular-nums max-rail:h-10"
          >
            {time}
            {may ? (
              <button
                type="button"
                aria-label={`Remove ${name}, ${time}`}
                className="touch ml-1 grid size-6 cursor-pointer place-items-center rounded-pill text-ink-3 hover:bg-hover hover:text-ink"
                onClick={() => onChange(without(slots, { weekday, time }))}
              >
                <X size={12} aria-hidden />
              </button>
            ) : (
              <span className="w-2" />
            )}
          </li>
        ))}
        {times.length === 0 && <li className="pt-1.5 text-caption text-ink-3">None</li>}
      </ul>
    </li>
  )
}
