import { useAlerts, useProviders } from '@mooring/react'
import { Wrench } from 'lucide-react'
import { useNow } from '../app/use-now.ts'
import { Card } from '../ui/card.tsx'
import { AlertText } from './alert-text.tsx'
import { alertKey } from './dismissed.ts'

/** All that waits for the operator, also what was put aside. Nothing where all is well. */
export function AlertList() {
  const alerts = useAlerts()
  const providers = useProviders()
  const now = useNow()
  if (!alerts.data || alerts.data.length === 0) return null
  return (
    <Card aria-labelledby="to-mend" data-slot="alerts">
      <h2 id="to-mend" className="px-4 pt-3.5 pb-1 text-section">
        Waits for the operator
      </h2>
      <ul>
        {alerts.data.map((alert) => (
          <li key={alertKey(alert)} className="flex gap-2.5 border-b border-line px-4 py-3 last:border-0">
            <Wrench size={16} strokeWidth={1.75} aria-hidden className="mt-px flex-none text-bad" />
            <AlertText alert={alert} providers={providers.data ?? []} now={now} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
