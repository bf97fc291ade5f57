import {
  type PublishingSettings,
  useChangePublishingSettings,
  usePublishingSettings,
  zoneName,
  zonesWith,
} from '@mooring/react'
import { useSignedIn } from '../../app/gate.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { notify } from '../../ui/notify.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { BudgetsCard } from './budgets-card.tsx'
import { MissedCard } from './missed-card.tsx'
import { SlotsCard } from './slots-card.tsx'

export function PublishingPage() {
  useTitle('Publishing')
  const settings = usePublishingSettings()
  if (settings.data) return <Publishing settings={settings.data} />
  if (settings.isError) return <ErrorPanel error={settings.error} onRetry={() => void settings.refetch()} />
  return (
    <div aria-busy="true" className="grid gap-3.5">
      <p role="status" className="sr-only">
        Loading how this workspace publishes
      </p>
      <Bone className="h-32 rounded-card!" />
      <Bone className="h-80 rounded-card!" />
    </div>
  )
}

function Publishing({ settings }: { settings: PublishingSettings }) {
  const { permissions, workspace } = useSignedIn()
  const may = permissions.includes('posts:write')
  const change = useChangePublishingSettings()
  const save = (to: Partial<PublishingSettings>) =>
    change.mutate(to, {
      onSuccess: () => notify.ok('Saved.', { id: 'publishing' }),
      onError: (error) => notify.problem(error, { id: 'publishing' }),
    })
  // Shown at once; the server's answer takes its place.
  const shown = change.isPending ? { ...settings, ...change.variables } : settings
  return (
    <>
      <Card aria-labelledby="clock" className="p-4">
        <h2 id="clock" className="text-section">
          Clock
        </h2>
        <p className="mt-0.5 text-caption text-ink-2">
          Slots and the calendar of {workspace.name} run on this clock, for everybody in it. A post can name another.
        </p>
        <div className="mt-3.5 max-w-80">
          {may ? (
            <Choice label="Time zone" value={shown.zone} onChange={(zone) => save({ zone })}>
              {zonesWith(shown.zone, 'UTC').map((zone) => (
                <option key={zone} value={zone}>
                  {zoneName(zone)}
                </option>
              ))}
            </Choice>
          ) : (
            <p className="text-ui font-medium">{zoneName(shown.zone)}</p>
          )}
        </div>
      </Card>
      <SlotsCard slots={shown.slots} zone={shown.zone} may={may} onChange={(slots) => save({ slots })} />
      <MissedCard missed={shown.missed} may={may} onChange={(missed) => save({ missed })} />
      <BudgetsCard />
    </>
  )
}
