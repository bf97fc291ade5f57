import { useWorkspace, type Workspace } from '@mooring/react'
import { useState } from 'react'
import { useSignedIn } from '../../app/gate.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { Row } from '../row.tsx'
import { LogoRow } from './logo-row.tsx'
import { ProfileDialog } from './profile-dialog.tsx'
import { WorkspaceCard } from './workspace-card.tsx'

export function ProfilePage() {
  useTitle('Business profile')
  const workspace = useWorkspace()
  return (
    <>
      <Card aria-labelledby="profile" data-slot="profile">
        <header className="border-b border-line px-4 py-3.5">
          <h2 id="profile" className="text-section">
            Business profile
          </h2>
        </header>
        {workspace.data ? (
          <Profile workspace={workspace.data} />
        ) : workspace.isError ? (
          <ErrorPanel error={workspace.error} onRetry={() => void workspace.refetch()} />
        ) : (
          <div aria-busy="true" className="grid gap-6 px-4 py-5">
            <p role="status" className="sr-only">
              Loading the business profile
            </p>
            <Bone className="h-4 w-2/5" />
            <Bone className="h-4 w-1/3" />
          </div>
        )}
      </Card>
      <WorkspaceCard />
    </>
  )
}

function Profile({ workspace }: { workspace: Workspace }) {
  const { permissions } = useSignedIn()
  const [open, setOpen] = useState(false)
  const changes = permissions.includes('workspace:write')
  const change = changes && <Button onClick={() => setOpen(true)}>Change</Button>
  return (
    <>
      <Row title="Website" action={change}>
        {workspace.website === null ? (
          'None yet.'
        ) : (
          <a href={workspace.website} target="_blank" rel="noreferrer" className="text-link hover:underline">
            {workspace.website}
          </a>
        )}
      </Row>
      <Row title="Ideal customer">
        {workspace.idealCustomer === null ? (
          'Whom this business wants to reach. Not said yet.'
        ) : (
          <span className="whitespace-pre-wrap">{workspace.idealCustomer}</span>
        )}
      </Row>
      <LogoRow workspace={workspace} changes={changes} />
      {open && <ProfileDialog workspace={workspace} onClose={() => setOpen(false)} />}
    </>
  )
}
