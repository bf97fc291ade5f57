import { type NewInvitation, type Role, useInvite } from '@mooring/react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'
import { given, labelOf } from './roles.ts'

export function InviteDialog({ own, onClose }: { own: Role; onClose: () => void }) {
  const invite = useInvite()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('publisher')
  if (invite.data) return <Invited invitation={invite.data} onClose={onClose} />
  return (
    <FormDialog
      title="Invite somebody"
      description="They get a link that works once, for seven days."
      label="Make the invitation"
      busy={invite.isPending}
      error={invite.error}
      onSubmit={() => invite.mutate({ email: email.trim(), role })}
      onClose={onClose}
    >
      <Field
        label="E-mail"
        type="email"
        name="invited"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Choice label="As" value={role} onChange={setRole}>
        {given(own).map((one) => (
          <option key={one} value={one}>
            {labelOf(one)}
          </option>
        ))}
      </Choice>
    </FormDialog>
  )
}

/** It closes by its button only: the link is shown once. */
function Invited({ invitation, onClose }: { invitation: NewInvitation; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title={`The invitation for ${invitation.email}`}
      description={
        invitation.sent
          ? 'A letter with this link went to them. You can hand it over yourself, too. It is not shown again.'
          : 'Hand this link over yourself. It is not shown again.'
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          {invitation.sent ? 'Done' : 'I have copied it'}
        </Button>
      }
    >
      <CopyField value={invitation.link} label="Copy the link" />
    </Dialog>
  )
}
