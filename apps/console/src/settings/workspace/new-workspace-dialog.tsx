import { usePeopleChange } from '@mooring/react'
import { useState } from 'react'
import { switchWorkspace } from '../../app/chosen-workspace.ts'
import { Field } from '../../ui/field.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'

export function NewWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const make = usePeopleChange((client, wanted: string) => client.workspaces.create(wanted))
  return (
    <FormDialog
      title="New workspace"
      description="For a client or a team: with accounts, members and keys of its own. Nobody sees those of another."
      label="Make the workspace"
      busy={make.isPending || make.isSuccess}
      error={make.error}
      onSubmit={() => name.trim() !== '' && make.mutate(name.trim(), { onSuccess: ({ id }) => switchWorkspace(id) })}
      onClose={onClose}
    >
      <Field
        label="Name"
        maxLength={100}
        required
        placeholder="Harbour Ltd"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  )
}
