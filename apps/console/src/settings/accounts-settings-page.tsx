import { ConnectionList } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useSignedIn } from '../app/gate.tsx'
import { useTitle } from '../app/use-title.ts'
import { Card } from '../ui/card.tsx'
import { OwnApps } from './own-apps/own-apps.tsx'

export function AccountsSettingsPage() {
  useTitle('Accounts')
  const { permissions } = useSignedIn()
  return (
    <>
      <Card aria-labelledby="connected">
        <header className="flex items-center gap-2.5 border-b border-line py-3.5 pr-4 pl-4">
          <h2 id="connected" className="flex-1 text-section">
            Connected accounts
          </h2>
          <Link to="/accounts" className="mooring-button" data-slot="button" data-variant="secondary" data-size="small">
            All about them
          </Link>
        </header>
        <div className="px-4 py-2.5 text-ui">
          <ConnectionList
            returnTo="/settings/accounts"
            empty={
              <>
                No accounts yet. Connect one under{' '}
                <Link to="/accounts" className="text-link underline underline-offset-2">
                  Accounts
                </Link>
                .
              </>
            }
          />
        </div>
      </Card>
      {permissions.includes('registrations:write') && <OwnApps />}
    </>
  )
}
