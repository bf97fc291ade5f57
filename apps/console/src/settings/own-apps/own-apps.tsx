import { type OwnRegistration, useOwnRegistrations, useProviders } from '@mooring/react'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { ChangeAppDialog, EnterAppDialog } from './app-dialogs.tsx'
import { OwnAppRow } from './own-app-row.tsx'
import { RemoveAppDialog } from './remove-app-dialog.tsx'

type Open = { what: 'enter' } | { what: 'change' | 'remove'; app: OwnRegistration }

/** Beside the server's apps: those that this workspace brings. */
export function OwnApps() {
  const apps = useOwnRegistrations()
  const providers = useProviders()
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const close = () => setOpen(undefined)
  const kinds = (providers.data ?? []).flatMap((one) => one.registrations.filter((kind) => !kind.own))
  return (
    <Card aria-labelledby="own-apps" data-slot="own-apps">
      <header className="flex items-center gap-2.5 border-b border-line py-3.5 pr-4 pl-4">
        <div className="min-w-0 flex-1">
          <h2 id="own-apps" className="text-section">
            Your own apps
          </h2>
          <p className="mt-0.5 text-caption text-ink-2">
            With an app of yours people see your name when they consent, and its limits are yours alone.
          </p>
        </div>
        <Button size="small" blocked={kinds.length === 0} onClick={() => setOpen({ what: 'enter' })}>
          <Plus size={13} aria-hidden />
          Enter an app
        </Button>
      </header>
      {apps.data ? (
        apps.data.length === 0 ? (
          <p className="px-4 py-8 text-center text-ui text-ink-2">
            None. Accounts are connected by the apps of this server.
          </p>
        ) : (
          apps.data.map((app) => (
            <OwnAppRow
              key={app.id}
              app={app}
              onChange={() => setOpen({ what: 'change', app })}
              onRemove={() => setOpen({ what: 'remove', app })}
            />
          ))
        )
      ) : apps.isError ? (
        <ErrorPanel error={apps.error} onRetry={() => void apps.refetch()} />
      ) : (
        <div aria-busy="true" className="px-4 py-5">
          <p role="status" className="sr-only">
            Loading your own apps
          </p>
          <Bone className="h-4 w-2/5" />
        </div>
      )}
      {open?.what === 'enter' && <EnterAppDialog kinds={kinds} onClose={close} />}
      {open?.what === 'change' && <ChangeAppDialog app={open.app} onClose={close} />}
      {open?.what === 'remove' && <RemoveAppDialog app={open.app} onClose={close} />}
    </Card>
  )
}
