import { DAY, type Ending, longDate } from '@mooring/react'
import { Fragment } from 'react'
import { useNow } from '../app/use-now.ts'
import { Card } from '../ui/card.tsx'
import { Axis } from './axis.tsx'
import { axisOf } from './axis-marks.ts'
import { AHEAD, type Span } from './spans.ts'
import { SpotTrack } from './spot-track.tsx'
import { spotsOf } from './spots.ts'

interface DrawingProps {
  endings: readonly Ending[]
  chosen: Span
  phone: boolean
  nameOf: (ending: Ending) => string
  onGo: (ending: Ending) => void
}

/** 90 days from today: a ring where a person is needed, a diamond where the operator is. */
export function Drawing({ endings, chosen, phone, nameOf, onGo }: DrawingProps) {
  const now = useNow()
  const columns = phone ? 8 : 32
  const of = (who: Ending['who']) => endings.filter((one) => one.who === who)
  const tracks = [
    { who: 'person', title: 'Connections', ...saysOf(of('person'), '1 needs you', 'need you') },
    { who: 'operator', title: 'This server', ...saysOf(of('operator'), '1 to mend', 'to mend') },
  ] as const
  return (
    <Card aria-labelledby="axis" data-slot="timeline-axis" className="mb-3.5 px-4 pt-3.5 pb-3">
      <header className="flex items-center gap-2.5">
        <h2 id="axis" className="text-ui font-semibold">
          Next {AHEAD} days
        </h2>
        <p className="text-caption text-ink-2 max-rail:hidden">
          until {longDate(new Date(now + AHEAD * DAY).toISOString())}
        </p>
        <p className="ml-auto flex items-center gap-4 text-caption text-ink-2" aria-hidden="true">
          <span className="flex items-center gap-1.5">
            <span className="size-3 rounded-pill border-[2.5px] border-chart-3" />
            Needs you
          </span>
          <span className="flex items-center gap-1.5">
            <span className="size-2.5 rotate-45 rounded-[2px] border-[2.5px] border-chart-3" />
            Needs the operator
          </span>
        </p>
      </header>
      <p className="sr-only">
        {endings.length === 0 ? 'Nothing is drawn.' : 'Each mark leads to its line in the list.'}
      </p>
      <div className="relative mt-1">
        <Axis marks={axisOf(now, AHEAD)} shade={chosen.days / AHEAD} />
        <div className="relative pt-6.5">
          {tracks.map((track) => (
            <Fragment key={track.who}>
              <SpotTrack
                who={track.who}
                title={track.title}
                note={track.note}
                sentence={track.sentence}
                spots={spotsOf(of(track.who), now, AHEAD, columns)}
                now={now}
                nameOf={nameOf}
                onGo={onGo}
              />
            </Fragment>
          ))}
        </div>
      </div>
    </Card>
  )
}

/** What stands beside the line, and the same for somebody who does not see it. */
function saysOf(endings: readonly Ending[], one: string, many: string): { note: string; sentence: string } {
  const first = endings[0]
  if (!first) return { note: 'Nothing ends', sentence: `nothing ends in the next ${AHEAD} days.` }
  const note = endings.length === 1 ? one : `${endings.length.toLocaleString('en')} ${many}`
  return { note, sentence: `${note}, the first on ${longDate(first.at)}.` }
}
