import { useAlerts, useProviders } from '@mooring/react'
import { useLocation } from '@tanstack/react-router'
import { Wrench, X } from 'lucide-react'
import { useNow } from '../app/use-now.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { AlertText } from './alert-text.tsx'
import { alertKey, useDismissed } from './dismissed.ts'

/** Over every page while something waits for the operator. Put aside, it stays in the settings. */
export function AlertBanner() {
  const alerts = useAlerts()
  const providers = useProviders()
  const now = useNow()
  const { pathname } = useLocation()
  const { isAside, putAside } = useDismissed()
  const shown = (alerts.data ?? []).filter((one) => !isAside(one))
  // There the list says the same, at the top.
  if (shown.length === 0 || pathname === '/settings/server') return null
  return (
    <section aria-label="What the operator must mend" className="mb-4 grid gap-2">
      {shown.map((alert) => (
        <div
          key={alertKey(alert)}
          data-slot="alert"
          data-registration={alert.registration}
          className="flex animate-fade items-start gap-2.5 rounded-card border border-bad-line bg-card py-2.5 pr-2 pl-3.5 shadow-card"
        >
          <Wrench size={16} strokeWidth={1.75} aria-hidden className="mt-px flex-none text-bad" />
          <AlertText alert={alert} providers={providers.data ?? []} now={now} />
          <IconButton label="Put aside for now" onClick={() => putAside(alert)} className="-my-0.5">
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
