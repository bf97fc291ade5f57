import { shownZone, useConnectionEvents } from '@mooring/react'
import { daysOf } from '../../app/days.ts'
import { useNow } from '../../app/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { HistoryEvent } from './history-event.tsx'

const BONES = ['a', 'b', 'c']

/** What happened, newest first, by day. It looks again by itself. */
export function History({ id }: { id: string }) {
  return (
    <Card aria-labelledby="history" data-slot="history">
      <header className="flex flex-wrap items-baseline justify-between gap-x-3 px-4 pt-3.5 pb-1">
        <h2 id="history" className="text-section">
          What happened
        </h2>
        <p className="text-caption text-ink-3">Times are in {shownZone()}</p>
      </header>
      <div className="px-4 pb-4">
        <Days id={id} />
      </div>
    </Card>
  )
}

function Days({ id }: { id: string }) {
  const now = useNow()
  const history = useConnectionEvents(id)
  if (!history.data) {
    return history.isError ? (
      <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />
    ) : (
      <div className="grid gap-4 pt-3" aria-busy="true">
        {BONES.map((bone) => (
          <div key={bone} className="flex gap-3">
            <Bone className="size-6 rounded-pill" />
            <Bone className="h-6 flex-1" />
          </div>
        ))}
      </div>
    )
  }
  const events = history.data.pages.flatMap((page) => page.data)
  if (events.length === 0) return <p className="py-6 text-center text-ui text-ink-2">Nothing happened yet.</p>
  return (
    <>
      {daysOf(events, now).map((day) => (
        <section key={day.title} aria-label={day.title}>
          <h3 className="pt-3 pb-2 text-caption font-medium text-ink-2">{day.title}</h3>
          <ol>
            {day.events.map((event) => (
              <HistoryEvent key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
      {history.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button size="small" busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  )
}
