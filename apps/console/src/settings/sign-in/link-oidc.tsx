import { type Me, usePeopleChange } from '@mooring/react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Username } from '../../ui/username.tsx'
import { Row } from '../row.tsx'
import { FormDialog } from './dialogs.tsx'

/** Another sign-in that opens this account: another way in, so the password is asked for first. */
export function LinkOidc({ name, me }: { name: string; me: Me }) {
  // As it was pressed: what a dialog has done must not turn it into the other one.
  const [open, setOpen] = useState<'link' | 'unlink' | undefined>(undefined)
  return (
    <Row
      title={name}
      action={
        <Button blocked={me.email === null} onClick={() => setOpen(me.oidc ? 'unlink' : 'link')}>
          {me.oidc ? 'Unlink' : 'Link it'}
        </Button>
      }
    >
      {me.oidc
        ? 'Linked. It opens this account.'
        : me.email === null
          ? 'Give your e-mail address first.'
          : 'Sign in there once, and it opens this account from then on.'}
      {open === 'unlink' && <UnlinkDialog name={name} me={me} onClose={() => setOpen(undefined)} />}
      {open === 'link' && <LinkDialog name={name} me={me} onClose={() => setOpen(undefined)} />}
    </Row>
  )
}

interface OidcDialogProps {
  name: string
  me: Me
  onClose: () => void
}

function LinkDialog({ name, me, onClose }: OidcDialogProps) {
  const [password, setPassword] = useState('')
  const link = usePeopleChange((client, typed: string | undefined) => client.me.linkOidc(typed))
  const run = () =>
    link.mutate(me.hasPassword ? password : undefined, { onSuccess: ({ url }) => window.location.assign(url) })
  return (
    <FormDialog
      title={`Link ${name}`}
      description={`You sign in at ${name} now. From then on it opens this account without your password.`}
      label={`Go to ${name}`}
      busy={link.isPending || link.isSuccess}
      error={link.error}
      onSubmit={run}
      onClose={onClose}
    >
      {me.hasPassword && <OwnPassword me={me} password={password} onChange={setPassword} />}
    </FormDialog>
  )
}

function UnlinkDialog({ name, me, onClose }: OidcDialogProps) {
  const [password, setPassword] = useState('')
  const unlink = usePeopleChange((client, typed: string | undefined) => client.me.unlinkOidc(typed))
  const run = () =>
    unlink.mutate(me.hasPassword ? password : undefined, {
      onSuccess: () => {
        notify.ok(`${name} opens this account no more.`, { id: 'oidc' })
        onClose()
      },
    })
  return (
    <FormDialog
      title={`Unlink ${name}?`}
      description="Browsers that are signed in stay so."
      label="Unlink it"
      busy={unlink.isPending}
      error={unlink.error}
      onSubmit={run}
      onClose={onClose}
    >
      {me.hasPassword && <OwnPassword me={me} password={password} onChange={setPassword} />}
    </FormDialog>
  )
}

function OwnPassword({ me, password, onChange }: { me: Me; password: string; onChange: (typed: string) => void }) {
  return (
    <>
      <Username email={me.email} />
      <PasswordField label="Your password" value={password} onChange={onChange} />
    </>
  )
}
