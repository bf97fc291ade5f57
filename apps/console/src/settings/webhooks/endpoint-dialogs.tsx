import { useWebhookChange, type Webhook } from '@mooring/react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog, DialogClose } from '../../ui/dialog.tsx'
import { notify } from '../../ui/notify.tsx'
import { FormDialog } from '../sign-in/dialogs.tsx'
import { EventBoxes, UrlField, urlFault } from './endpoint-fields.tsx'
import { asUrl } from './words.ts'

export function EnterEndpointDialog({ onClose }: { onClose: () => void }) {
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<string[] | null>(null)
  const add = useWebhookChange((client, wanted: { url: string; events: string[] | null }) =>
    client.webhooks.add(wanted),
  )
  if (add.data) return <SecretOnce secret={add.data.secret} onClose={onClose} />
  return (
    <FormDialog
      title="Enter an endpoint"
      description="Your own program hears what happens, as JSON, signed."
      label="Enter it"
      busy={add.isPending}
      error={urlFault(add.error) === undefined ? add.error : null}
      onSubmit={() => add.mutate({ url: asUrl(url), events })}
      onClose={onClose}
    >
      <UrlField url={url} onUrl={setUrl} error={add.error} />
      <EventBoxes chosen={events} onChange={setEvents} />
    </FormDialog>
  )
}

/** It closes by its button only: a stray click must not lose a secret that nobody can show again. */
function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title="The endpoint’s secret"
      description="Your program checks the signatures with it. Copy it now: it is sealed here, and not shown again."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <CopyField value={secret} label="Copy the secret" />
    </Dialog>
  )
}

export function ChangeEndpointDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [url, setUrl] = useState(webhook.url)
  const [events, setEvents] = useState(webhook.events)
  const change = useWebhookChange((client, to: { url: string; events: string[] | null }) =>
    client.webhooks.change(webhook.id, to),
  )
  const submit = () =>
    change.mutate(
      { url: asUrl(url), events },
      {
        onSuccess: () => {
          notify.ok('The endpoint is saved.', { id: `webhook-${webhook.id}` })
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title="Change the endpoint"
      description="Its secret stays."
      label="Save"
      busy={change.isPending}
      error={urlFault(change.error) === undefined ? change.error : null}
      onSubmit={submit}
      onClose={onClose}
    >
      <UrlField url={url} onUrl={setUrl} error={change.error} />
      <EventBoxes chosen={events} onChange={setEvents} />
    </FormDialog>
  )
}

export function RemoveEndpointDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const remove = useWebhookChange((client, id: string) => client.webhooks.remove(id))
  const run = () =>
    remove.mutate(webhook.id, {
      onSuccess: () => {
        notify.ok('The endpoint is removed.', { id: `webhook-${webhook.id}` })
        onClose()
      },
      onError: (error) => notify.problem(error, { id: `webhook-${webhook.id}` }),
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Remove the endpoint?"
      description={`${new URL(webhook.url).host} hears nothing more, and what waits for it is dropped.`}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Keep it</Button>
          </DialogClose>
          <Button variant="danger" busy={remove.isPending} onClick={run}>
            Remove it
          </Button>
        </>
      }
    />
  )
}
