import { isApiProblem, usePeopleChange, type Workspace } from '@mooring/react'
import { useState } from 'react'
import { Area } from '../../ui/area.tsx'
import { Field } from '../../ui/field.tsx'
import { notify } from '../../ui/notify.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'

/** People type an address as they say it. */
const asAddress = (typed: string): string | null => {
  const value = typed.trim()
  if (value === '') return null
  return /^[a-z]+:/i.test(value) ? value : `https://${value}`
}

export function ProfileDialog({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const [website, setWebsite] = useState(workspace.website ?? '')
  const [idealCustomer, setIdealCustomer] = useState(workspace.idealCustomer ?? '')
  const change = usePeopleChange((client, to: { website: string | null; idealCustomer: string | null }) =>
    client.workspaces.change(to),
  )
  const wrong = isApiProblem(change.error) && change.error.fields.some(({ path }) => path === 'website')
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
      error={wrong ? null : change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Website"
        name="website"
        inputMode="url"
        autoComplete="url"
        placeholder="harbour.example"
        maxLength={300}
        value={website}
        onChange={(event) => setWebsite(event.target.value)}
        error={wrong ? 'That is no address of a website.' : undefined}
      />
      <Area
        label="Ideal customer"
        hint="Whom this business wants to reach, in your own words."
        maxLength={2000}
        rows={4}
        value={idealCustomer}
        onChange={(event) => setIdealCustomer(event.target.value)}
      />
    </FormDialog>
  )
}
