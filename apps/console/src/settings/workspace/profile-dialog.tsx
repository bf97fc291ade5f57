import { usePeopleChange, type Workspace } from '@mooring/react'
import { useState } from 'react'
import { notify } from '../../ui/notify.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'
import { asAddress, ProfileFields, wrongWebsite } from './profile-fields.tsx'

export function ProfileDialog({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const [website, setWebsite] = useState(workspace.website ?? '')
  const [idealCustomer, setIdealCustomer] = useState(workspace.idealCustomer ?? '')
  const change = usePeopleChange((client, to: { website: string | null; idealCustomer: string | null }) =>
    client.workspaces.change(to),
  )
  const wrong = wrongWebsite(change.error)
  const submit = () =>
    change.mutate(
      { website: asAddress(website), idealCustomer: idealCustomer.trim() || null },
      {
        onSuccess: () => {
          notify.ok('The business profile is saved.', { id: 'profile' })
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title="Business profile"
      label="Save"
      busy={change.isPending}
      error={wrong === undefined ? change.error : null}
      onSubmit={submit}
      onClose={onClose}
    >
      <ProfileFields
        website={website}
        onWebsite={setWebsite}
        idealCustomer={idealCustomer}
        onIdealCustomer={setIdealCustomer}
        wrong={wrong}
      />
    </FormDialog>
  )
}
