import { type Me, usePeopleChange } from '@mooring/react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogClose } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { notify } from '../../ui/notify.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Username } from '../../ui/username.tsx'

interface FormDialogProps {
  title: string
  description?: ReactNode
  /** Of the filled button. */
  label: string
  busy: boolean
  error: unknown
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A dialog that is one form. */
export function FormDialog({ title, description, label, busy, error, onSubmit, onClose, children }: FormDialogProps) {
  const formId = useId()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button variant="primary" type="submit" form={formId} busy={busy}>
            {label}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4 pt-1"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) onSubmit()
        }}
      >
        <FormProblem error={error} />
        {children}
      </form>
    </Dialog>
  )
}

export function EmailDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const [name, setName] = useState(me.name)
  const [email, setEmail] = useState(me.email ?? '')
  const [password, setPassword] = useState('')
  const change = usePeopleChange((client, to: { name?: string; email?: string; password?: string }) =>
    client.me.change(to),
  )
  const another = me.hasPassword && email.trim().toLowerCase() !== me.email
  const submit = () =>
    change.mutate(
      {
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(email.trim() === '' ? {} : { email: email.trim() }),
        ...(another ? { password } : {}),
      },
      {
        onSuccess: (now) => {
          notify.ok(
            now.newEmail === null
              ? 'Your name and e-mail address are saved.'
              : `Saved. ${now.newEmail} counts once you open the letter that was sent there.`,
            { id: 'me' },
          )
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title="Name and e-mail"
      label="Save"
      busy={change.isPending}
      error={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="email"
        hint="You sign in with it."
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      {another && <PasswordField label="Your password" value={password} onChange={setPassword} />}
    </FormDialog>
  )
}

export function PasswordDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = usePeopleChange((client, to: { password: string; current: string | undefined }) =>
    client.me.setPassword(to.password, to.current),
  )
  const submit = () =>
    change.mutate(
      { password, current: me.hasPassword ? current : undefined },
      {
        onSuccess: () => {
          notify.ok('Your password is saved. You are signed out everywhere else.', { id: 'password' })
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title={me.hasPassword ? 'Change your password' : 'Set a password'}
      description="Every other browser is signed out."
      label="Save"
      busy={change.isPending}
      error={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Username email={me.email} />
      {me.hasPassword && <PasswordField label="Your password of now" value={current} onChange={setCurrent} />}
      <PasswordField label="New password" value={password} onChange={setPassword} fresh />
    </FormDialog>
  )
}
