import { type Me, type TotpStart, usePeopleChange } from '@mooring/react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { notify } from '../../ui/notify.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Username } from '../../ui/username.tsx'
import { FormDialog } from './dialogs.tsx'

/** Password, QR code and a first code, backup codes: in this order, so that nobody is locked out. */
export function StartTotpDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [confirmed, setConfirmed] = useState(false)
  const start = usePeopleChange((client, typed: string) => client.me.startTotp(typed))
  if (start.data && confirmed) return <BackupCodes codes={start.data.backupCodes} onClose={onClose} />
  if (start.data) return <FirstCode started={start.data} onConfirmed={() => setConfirmed(true)} onClose={onClose} />
  return (
    <FormDialog
      title="Set up an authenticator app"
      description="Any app that shows six-digit codes does, like the one of your password manager."
      label="Go on"
      busy={start.isPending}
      error={start.error}
      onSubmit={() => start.mutate(password)}
      onClose={onClose}
    >
      <Username email={me.email} />
      <PasswordField label="Your password" value={password} onChange={setPassword} />
    </FormDialog>
  )
}

function FirstCode({
  started,
  onConfirmed,
  onClose,
}: {
  started: TotpStart
  onConfirmed: () => void
  onClose: () => void
}) {
  const [code, setCode] = useState('')
  const confirm = usePeopleChange((client, typed: string) => client.me.confirmTotp(typed))
  const secret = new URL(started.uri).searchParams.get('secret') ?? ''
  return (
    <FormDialog
      title="Scan this code"
      description="Scan it with the app, then type the six digits that the app shows."
      label="Turn it on"
      busy={confirm.isPending}
      error={confirm.error}
      onSubmit={() => confirm.mutate(code.trim(), { onSuccess: onConfirmed })}
      onClose={onClose}
    >
      <QrCode text={started.uri} label="The QR code for your authenticator app" />
      <div className="grid gap-1.5 text-caption text-ink-2">
        <p>No camera? Type this secret into the app:</p>
        <CopyField value={secret} label="Copy the secret" />
      </div>
      <Field
        label="Code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
    </FormDialog>
  )
}

/** It closes by its button only: these are shown once. */
function BackupCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const done = () => {
    notify.ok('The authenticator app is on.', { id: 'totp' })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title="Your backup codes"
      description="Keep them where the phone is not. Each works once in place of a code, and they are not shown again."
      footer={
        <Button variant="primary" onClick={done}>
          I have kept them
        </Button>
      }
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-mono" aria-label="Backup codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3">
        <CopyField value={codes.join(' ')} label="Copy the codes" />
      </div>
    </Dialog>
  )
}

export function EndTotpDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const [password, setPassword] = useState('')
  const end = usePeopleChange((client, typed: string) => client.me.endTotp(typed))
  return (
    <FormDialog
      title="Turn the authenticator app off?"
      description="From then on your password alone opens your account."
      label="Turn it off"
      busy={end.isPending}
      error={end.error}
      onSubmit={() =>
        end.mutate(password, {
          onSuccess: () => {
            notify.ok('The authenticator app is off.', { id: 'totp' })
            onClose()
          },
        })
      }
      onClose={onClose}
    >
      <Username email={me.email} />
      <PasswordField label="Your password" value={password} onChange={setPassword} />
    </FormDialog>
  )
}
