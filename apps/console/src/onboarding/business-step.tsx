import { usePeopleChange, useWorkspace, type Workspace } from '@mooring/react'
import { type FormEvent, useState } from 'react'
import { asAddress, ProfileFields, wrongWebsite } from '../settings/workspace/profile-fields.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Bone } from '../ui/skeleton.tsx'

export function BusinessStep({ onward }: { onward: () => void }) {
  const workspace = useWorkspace()
  if (workspace.data) return <Form workspace={workspace.data} onward={onward} />
  if (workspace.isError) return <ErrorPanel error={workspace.error} onRetry={() => void workspace.refetch()} />
  return <Bone className="h-24 w-full" />
}

function Form({ workspace, onward }: { workspace: Workspace; onward: () => void }) {
  const [website, setWebsite] = useState(workspace.website ?? '')
  const [idealCustomer, setIdealCustomer] = useState(workspace.idealCustomer ?? '')
  const change = usePeopleChange((client, to: { website: string | null; idealCustomer: string | null }) =>
    client.workspaces.change(to),
  )
  const wrong = wrongWebsite(change.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change.isPending) return
    change.mutate({ website: asAddress(website), idealCustomer: idealCustomer.trim() || null }, { onSuccess: onward })
  }
  return (
    <form onSubmit={submit} className="flex flex-1 flex-col gap-4">
      <FormProblem error={wrong === undefined ? change.error : null} />
      <ProfileFields
        required
        website={website}
        onWebsite={setWebsite}
        idealCustomer={idealCustomer}
        onIdealCustomer={setIdealCustomer}
        wrong={wrong}
      />
      <Button variant="primary" type="submit" busy={change.isPending} className="mt-auto h-11! w-full">
        Save and go on
      </Button>
    </form>
  )
}
