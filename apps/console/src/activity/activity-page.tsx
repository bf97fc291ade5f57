import { type AuditFilter, useAudit, usePeopleChange } from '@mooring/react'
import { Download, X } from 'lucide-react'
import { useState } from 'react'
import { daysOf } from '../app/days.ts'
import { saveFile } from '../app/save-file.ts'
import { useNow } from '../app/use-now.ts'
import { useTitle } from '../app/use-title.ts'
import { PageHead } from '../shell/page-head.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Choice } from '../ui/choice.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { notify } from '../ui/notify.tsx'
import { Bone } from '../ui/skeleton.tsx'
import { ACTIONS } from './actions.ts'
import { Entry, type Target } from './entry.tsx'

const BONES = ['a', 'b', 'c', 'd']

export function ActivityPage() {
  useTitle('Activity')
  const [action, setAction] = useState('all')
  const [target, setTarget] = useState<Target | undefined>(undefined)
  const [outcome, setOutcome] = useState<'all' | 'refused'>('all')
  const filter: AuditFilter = {
    ...(action === 'all' ? {} : { action }),
    ...(outcome === 'all' ? {} : { outcome }),
    ...(target === undefined ? {} : { target: target.id }),
  }
  const take = usePeopleChange((client, wanted: AuditFilter) => client.audit.export('csv', wanted))
  const run = () =>
    take.mutate(filter, {
      onSuccess: (csv) => saveFile('activity.csv', csv, 'text/csv'),
      onError: (error) => notify.problem(error, { id: 'export' }),
    })
  return (
    <>
      <PageHead title="Activity">
        <Button busy={take.isPending} onClick={run}>
          <Download size={14} aria-hidden />
          Export
        </Button>
      </PageHead>
      <div className="mb-3.5 grid max-w-130 gap-3 rail:grid-cols-2">
        <Choice label="What was done" value={action} onChange={setAction}>
          <option value="all">Everything</option>
          {Object.entries(ACTIONS).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Choice>
        <Choice label="How it ended" value={outcome} onChange={setOutcome}>
          <option value="all">Done or refused</option>
          <option value="refused">Refused</option>
        </Choice>
      </div>
      {target !== undefined && (
        <p className="mb-3.5">
          <button
            type="button"
            className="inline-flex min-h-7 cursor-pointer items-center gap-1.5 rounded-pill border border-line bg-raised px-2.5 text-caption text-ink hover:border-line-strong max-rail:min-h-11"
            onClick={() => setTarget(undefined)}
          >
            Only {target.label}
            <X size={13} aria-hidden />
            <span className="sr-only">, show everything</span>
          </button>
        </p>
      )}
      <Card aria-label="Who did what" data-slot="activity" className="px-4 pt-1 pb-4">
        <List filter={filter} onTarget={setTarget} />
      </Card>
    </>
  )
}

function List({ filter, onTarget }: { filter: AuditFilter; onTarget: (target: Target) => void }) {
  const now = useNow()
  const audit = useAudit(filter)
  if (!audit.data) {
    return audit.isError ? (
      <ErrorPanel error={audit.error} onRetry={() => void audit.refetch()} />
    ) : (
      <div className="grid gap-4 pt-4" aria-busy="true">
        <p role="status" className="sr-only">
          Loading who did what
        </p>
        {BONES.map((bone) => (
          <Bone key={bone} className="h-8" />
        ))}
      </div>
    )
  }
  const entries = audit.data.pages.flatMap((page) => page.data)
  if (entries.length === 0)
    return <p className="py-10 text-center text-ui text-ink-2">Nothing of that kind happened here yet.</p>
  return (
    <>
      {daysOf(entries, now).map((day) => (
        <section key={day.title} aria-label={day.title}>
          <h2 className="pt-3 pb-1 text-caption font-medium text-ink-2">{day.title}</h2>
          <ol>
            {day.events.map((entry) => (
              <Entry key={entry.id} entry={entry} onTarget={onTarget} />
            ))}
          </ol>
        </section>
      ))}
      {audit.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button size="small" busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  )
}
