import { type Connection, type Provider, useCreateConnectLink } from '@mooring/react'
import { useState } from 'react'
import { FormDialog } from '../settings/sign-in/dialogs.tsx'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

type Days = '1' | '7' | '14' | '30'

interface LinkDialogProps {
  providers: readonly Provider[]
  /** The seat that is to sign in anew; without it, the link makes one. */
  renews: Connection | undefined
  onClose: () => void
}

/** A link for a client, who needs no account here. */
export function LinkDialog({ providers, renews, onClose }: LinkDialogProps) {
  const create = useCreateConnectLink()
  const [clientName, setClientName] = useState(renews?.identity.label ?? '')
  const [provider, setProvider] = useState(renews?.provider ?? providers[0]?.id ?? '')
  const [days, setDays] = useState<Days>('7')
  if (create.data) return <ShownOnce url={create.data.url} clientName={clientName} onClose={onClose} />
  const submit = () =>
    create.mutate({
      provider,
      clientName: clientName.trim(),
      days: Number(days),
      ...(renews === undefined ? {} : { reconnects: renews.id }),
    })
  return (
    <FormDialog
      title={renews === undefined ? 'A link for a client' : `A new sign-in of ${renews.identity.label}`}
      description="They open it without an account here, sign in themselves, and you never see their password. It works once."
      label="Make the link"
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="For whom"
        name="client"
        hint="They see this name on the page."
        maxLength={120}
        required
        value={clientName}
        onChange={(event) => setClientName(event.target.value)}
      />
      {renews === undefined && providers.length > 1 && (
        <Choice label="Through" value={provider} onChange={setProvider}>
          {providers.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
      )}
      <Choice label="Good for" value={days} onChange={setDays}>
        <option value="1">A day</option>
        <option value="7">7 days</option>
        <option value="14">14 days</option>
        <option value="30">30 days</option>
      </Choice>
    </FormDialog>
  )
}

/** It closes by its button only: the link is shown once. */
function ShownOnce({ url, clientName, onClose }: { url: string; clientName: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title={`The link for ${clientName}`}
      description="Send it to them yourself. It is not shown again; whoever opens it first can use it."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <CopyField value={url} label="Copy the link" />
    </Dialog>
  )
}
