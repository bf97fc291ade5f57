import { usePeopleChange } from '@mooring/react'
import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { notify } from '../../ui/notify.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'

export function RenameDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [next, setNext] = useState(name)
  const rename = usePeopleChange((client, wanted: string) => client.workspaces.change({ name: wanted }))
  const submit = () =>
    rename.mutate(next.trim(), {
      onSuccess: () => {
        notify.ok(`The workspace is called ${next.trim()} now.`, { id: 'rename' })
        onClose()
      },
    })
  return (
    <FormDialog
      title="Rename the workspace"
      label="Rename"
      busy={rename.isPending}
      error={rename.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" maxLength={100} required value={next} onChange={(event) => setNext(event.target.value)} />
    </FormDialog>
  )
}
