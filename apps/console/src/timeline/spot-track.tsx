import { type Ending, inDays, longDate } from '@mooring/react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Spot } from './spots.ts'

const EDGE = { bad: 'border-bad-dot', warn: 'border-warn-dot', plain: 'border-chart-3' }

interface SpotTrackProps {
  who: Ending['who']
  title: string
  note: string
  sentence: string
  spots: readonly Spot[]
  now: number
  nameOf: (ending: Ending) => string
  onGo: (ending: Ending) => void
}

/** One line of the axis. Its marks are one stop of the Tab key; the arrows go from mark to mark. */
export function SpotTrack({ who, title, note, sentence, spots, now, nameOf, onGo }: SpotTrackProps) {
  const list = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const current = Math.min(at, spots.length - 1)
  const move = (event: KeyboardEvent) => {
    const next = stepOf(event.key, current, spots.length)
    if (next === undefined) return
    event.preventDefault()
    setAt(next)
    list.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div className="lane h-11 items-center">
      <p className="truncate text-caption">
        {title}
        <span className="sr-only">: {sentence}</span>
      </p>
      <div className="relative h-full">
        <span aria-hidden="true" className="absolute inset-0 my-auto h-0.5 rounded-pill bg-line-strong" />
        {spots.length > 0 && (
          <ul ref={list} aria-label={`${title}, marks`} onKeyDown={move}>
            {spots.map((spot, index) => (
              <li key={spot.key}>
                <button
                  type="button"
                  data-spot={who}
                  tabIndex={index === current ? 0 : -1}
                  aria-label={saysOf(spot, now, nameOf)}
                  title={saysOf(spot, now, nameOf)}
                  onFocus={() => setAt(index)}
                  onClick={() => spot.endings[0] && onGo(spot.endings[0])}
                  className={`touch absolute! inset-y-0 my-auto grid -translate-x-1/2 cursor-pointer place-items-center border-[2.5px] bg-card text-floor tabular-nums transition-transform duration-120 hover:scale-120 ${EDGE[spot.urgency]} ${who === 'person' ? 'rounded-pill' : 'rotate-45 rounded-[3px]'} ${sizeOf(spot, who)}`}
                  style={{ left: `${spot.at * 100}%` }}
                >
                  {spot.endings.length > 1 && (
                    <span aria-hidden="true" className={who === 'person' ? '' : '-rotate-45'}>
                      {spot.endings.length}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <p aria-hidden="true" className="text-caption text-ink-2 max-rail:hidden">
        {note}
      </p>
    </div>
  )
}

function sizeOf({ endings }: Spot, who: Ending['who']): string {
  if (endings.length === 1) return who === 'person' ? 'size-3.5' : 'size-3'
  return endings.length < 10 ? 'size-5.5' : 'h-5.5 min-w-5.5 px-1'
}

function stepOf(key: string, current: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(current + 1, length - 1)
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(current - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return length - 1
    default:
      return undefined
  }
}

const NAMED = 3

/** "LinkedIn, Mara Lindqvist, 30 Nov 2026, in 9 days", and so for each, as far as that can be taken in. */
function saysOf({ endings }: Spot, now: number, nameOf: SpotTrackProps['nameOf']): string {
  const named = endings.slice(0, NAMED).map((one) => {
    const when = Date.parse(one.at) <= now ? 'now' : `${longDate(one.at)}, ${inDays(one.at, now)}`
    return `${nameOf(one)}, ${when}`
  })
  const rest = endings.length - named.length
  return [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
}
