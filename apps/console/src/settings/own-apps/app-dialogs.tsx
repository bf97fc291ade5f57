import { type OwnRegistration, type Registration, useRegistrationChange } from '@mooring/react'
import { useState } from 'react'
import { stepsOf } from '../../accounts/setup.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { notify } from '../../ui/notify.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'

export function EnterAppDialog({ kinds, onClose }: { kinds: readonly Registration[]; onClose: () => void }) {
  const [app, setApp] = useState(kinds[0]?.id ?? '')
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const add = useRegistrationChange((client, wanted: { app: string; clientId: string; clientSecret: string }) =>
    client.registrations.add(wanted),
  )
  const kind = kinds.find((one) => one.id === app)
  if (add.data && !kind?.keyed) return <Entered app={add.data} onClose={onClose} />
  return (
    <FormDialog
      title="Enter an app of yours"
      description={kind?.when}
      label="Enter it"
      busy={add.isPending}
      error={add.error}
      onSubmit={() =>
        add.mutate({ app, clientId: kind?.keyed ? 'api-key' : clientId.trim(), clientSecret: clientSecret.trim() })
      }
      onClose={onClose}
    >
      <Choice label="Kind of app" value={app} onChange={setApp}>
        {kinds.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Choice>
      <ClientFields
        clientId={clientId}
        onClientId={setClientId}
        secret={clientSecret}
        onSecret={setClientSecret}
        keyed={kind?.keyed ?? false}
      />
    </FormDialog>
  )
}

/** What is left to do at the platform, with the address to copy. */
function Entered({ app, onClose }: { app: OwnRegistration; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="One thing is left, at the platform"
      description="The app is entered. The platform sends people back to this address only when it is registered there."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField value={app.redirectUri} label="Copy the redirect address" />
      <ol className="mt-3 grid list-decimal gap-1.5 pl-4 text-caption text-ink-2">
        {stepsOf({ setup: app.setup, redirectUri: app.redirectUri, env: [] }).map(({ text, address }) => (
          <li key={text}>{address ? `${text.replace(/[:\s]+$/, '')}: the address above.` : text}</li>
        ))}
      </ol>
    </Dialog>
  )
}

export function ChangeAppDialog({ app, onClose }: { app: OwnRegistration; onClose: () => void }) {
  const [clientId, setClientId] = useState(app.clientId)
  const [secret, setSecret] = useState('')
  const change = useRegistrationChange((client, to: { clientId?: string; clientSecret?: string }) =>
    client.registrations.change(app.id, to),
  )
  const submit = () =>
    change.mutate(
      {
        ...(clientId.trim() === app.clientId ? {} : { clientId: clientId.trim() }),
        ...(secret.trim() === '' ? {} : { clientSecret: secret.trim() }),
      },
      {
        onSuccess: () => {
          notify.ok('The app is saved. What rests on it is tried again now.', { id: `app-${app.id}` })
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title={`Change ${app.name}`}
      description="Connections stay as they are."
      label="Save"
      busy={change.isPending}
      error={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <ClientFields
        clientId={clientId}
        onClientId={setClientId}
        secret={secret}
        onSecret={setSecret}
        kept
        keyed={app.clientId === 'api-key'}
        used={app.connections > 0}
      />
    </FormDialog>
  )
}

interface ClientFieldsProps {
  clientId: string
  onClientId: (typed: string) => void
  secret: string
  onSecret: (typed: string) => void
  /** There is a secret already, which nobody sees again. */
  kept?: boolean
  /** Connections rest on this client id: with another they would end. */
  used?: boolean
  /** A service that knows a key alone. */
  keyed?: boolean
}

function ClientFields(props: ClientFieldsProps) {
  const { clientId, onClientId, secret, onSecret, kept = false, used = false, keyed = false } = props
  return (
    <>
      {!keyed && (
        <Field
          label="Client id"
          name="client-id"
          required
          maxLength={300}
          readOnly={used}
          {...(used ? { hint: 'Connections rest on it. Enter another one as an app of its own.' } : {})}
          spellCheck={false}
          value={clientId}
          onChange={(event) => onClientId(event.target.value)}
        />
      )}
      <Field
        label={keyed ? 'API key' : 'Client secret'}
        name="client-secret"
        type="password"
        // No password of a person: a manager must neither fill nor keep it.
        autoComplete="off"
        data-1p-ignore
        data-lpignore="true"
        required={!kept}
        maxLength={500}
        hint={kept ? 'Empty: the one that is there stays.' : 'Sealed when it is stored, and shown nowhere again.'}
        value={secret}
        onChange={(event) => onSecret(event.target.value)}
      />
    </>
  )
}
