import { usePeopleChange } from '@mooring/react'
import { useState } from 'react'
import { useSignedIn } from '../../app/gate.tsx'
import { saveFile } from '../../app/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { notify } from '../../ui/notify.tsx'
import { labelOf } from '../members/roles.ts'
import { Row } from '../row.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

export function WorkspaceCard() {
  const { workspace, permissions } = useSignedIn()
  const [open, setOpen] = useState<'rename' | 'erase' | undefined>(undefined)
  const rules = permissions.includes('workspace:write')
  const take = usePeopleChange((client, _: undefined) => client.workspaces.export())
  const run = () =>
    take.mutate(undefined, {
      onSuccess: (lines) => saveFile(`${workspace.name}.ndjson`, lines),
      onError: (error) => notify.problem(error, { id: 'export' }),
    })
  return (
    <Card aria-labelledby="workspace" data-slot="workspace-card">
      <header className="border-b border-line px-4 py-3.5">
        <h2 id="workspace" className="text-section">
          This workspace
        </h2>
      </header>
      <Row title="Name" action={rules && <Button onClick={() => setOpen('rename')}>Rename</Button>}>
        {workspace.name}. You are {labelOf(workspace.role).toLowerCase()} here.
      </Row>
      {rules && (
        <>
          <Row
            title="Take it along"
            action={
              <Button busy={take.isPending} onClick={run}>
                Export
              </Button>
            }
          >
            Connections, accounts, members, keys and what happened, a line of JSON each. Tokens and keys are not among
            them.
          </Row>
          <Row
            title="Erase it"
            action={
              <Button variant="danger" onClick={() => setOpen('erase')}>
                Erase…
              </Button>
            }
          >
            Every connection is ended at its platform, and everything in here is deleted for good.
          </Row>
        </>
      )}
      {open === 'rename' && <RenameDialog name={workspace.name} onClose={() => setOpen(undefined)} />}
      {open === 'erase' && <EraseDialog name={workspace.name} onClose={() => setOpen(undefined)} />}
    </Card>
  )
}
