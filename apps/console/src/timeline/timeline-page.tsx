import {
  type Connection,
  count,
  type Ending,
  type Forecast,
  type Provider,
  useConnections,
  useForecast,
  useProviders,
} from '@mooring/react'
import { useState } from 'react'
import { nameOf } from '../accounts/name-of.ts'
import { StaleNote } from '../accounts/stale-note.tsx'
import { useNow } from '../app/use-now.ts'
import { usePhone } from '../app/use-phone.ts'
import { useTitle } from '../app/use-title.ts'
import { PageHead } from '../shell/page-head.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Drawing } from './drawing.tsx'
import { EndingList } from './ending-list.tsx'
import { rowId } from './ending-row.tsx'
import { NothingEnds } from './nothing-ends.tsx'
import { SpanChips } from './span-chips.tsx'
import { AHEAD, endingBy, keyOf, SPANS, type Span } from './spans.ts'
import { TimelineSkeleton } from './timeline-skeleton.tsx'

export function TimelinePage() {
  useTitle('Timeline')
  const forecast = useForecast(AHEAD)
  const providers = useProviders()
  const connections = useConnections()
  const all = [forecast, providers, connections]
  const retry = () => void Promise.all(all.map((one) => one.refetch()))
  if (forecast.data && providers.data && connections.data) {
    return (
      <>
        <PageHead title="Timeline" summary={summaryOf(forecast.data, connections.data)} />
        {all.some((one) => one.isError) && <StaleNote since={forecast.dataUpdatedAt} onRetry={retry} />}
        <Timeline forecast={forecast.data} providers={providers.data} connections={connections.data} />
      </>
    )
  }
  const failed = all.find((one) => one.isError)
  return (
    <>
      <PageHead title="Timeline" />
      {failed ? <ErrorPanel error={failed.error} onRetry={retry} /> : <TimelineSkeleton />}
    </>
  )
}

function summaryOf({ counts }: Forecast, connections: readonly Connection[]): string {
  const live = connections.filter((one) => one.state !== 'disconnected').length
  if (live === 0) return ''
  if (counts.in90 === 0) return `Nobody is needed in the next ${AHEAD} days.`
  return `${counts.in90.toLocaleString('en')} of ${count(live, 'connection')} ${counts.in90 === 1 ? 'needs' : 'need'} somebody in the next ${AHEAD} days.`
}

interface TimelineProps {
  forecast: Forecast
  providers: readonly Provider[]
  connections: readonly Connection[]
}

const FARTHEST = SPANS[SPANS.length - 1] as Span

function Timeline({ forecast, providers, connections }: TimelineProps) {
  const now = useNow()
  const phone = usePhone()
  const [chosen, choose] = useState(FARTHEST)
  const [lit, setLit] = useState<string | undefined>(undefined)
  const endings = endingBy(forecast.data, chosen.days, now)
  const go = (ending: Ending) => {
    if (!endings.includes(ending)) choose(FARTHEST)
    setLit(keyOf(ending))
    // After the list has what was filtered out of it.
    requestAnimationFrame(() => document.getElementById(rowId(ending))?.focus())
  }
  const label = (one: Ending) =>
    [nameOf(providers, one.provider), one.connection?.label ?? 'for the operator'].join(', ')
  const drawing = forecast.data.length > 0 && (
    <Drawing endings={forecast.data} chosen={chosen} phone={phone} nameOf={label} onGo={go} />
  )
  return (
    <>
      <SpanChips counts={forecast.counts} chosen={chosen} onChoose={choose} />
      {!phone && drawing}
      {endings.length === 0 ? (
        <NothingEnds chosen={chosen} connections={connections} providers={providers} now={now} />
      ) : (
        <EndingList endings={endings} providers={providers} now={now} lit={lit} />
      )}
      {forecast.more && (
        <p className="mt-3 text-caption text-ink-2">
          Only the soonest {forecast.data.filter((one) => one.who === 'person').length} are listed. The counts hold all.
        </p>
      )}
      {phone && drawing && <div className="mt-4">{drawing}</div>}
    </>
  )
}
