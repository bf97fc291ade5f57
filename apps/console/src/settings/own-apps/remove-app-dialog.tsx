import { type OwnRegistration, useRegistrationChange } from '@mooring/react'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogClose } from '../../ui/dialog.tsx'
import { notify } from '../../ui/notify.tsx'

export function RemoveAppDialog({ app, onClose }: { app: OwnRegistration; onClose: () => void }) {
  const remove = useRegistrationChange((client, id: string) => client.registrations.remove(id))
  const run = () =>
    remove.mutate(app.id, {
      onSuccess: () => {
        notify.ok('The app is removed.', { id: `app-${app.id}` })
        onClose()
      },
      onError: (error) => notify.problem(error, { id: `app-${app.id}` }),
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${app.name}?`}
      description={
        app.connections === 0
          ? 'Its client id and secret are erased here. At the platform it stays.'
          : 'Connections rest on it, and would end without it. Disconnect them first.'
      }
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Keep it</Button>
          </DialogClose>
          <Button variant="danger" busy={remove.isPending} blocked={app.connections > 0} onClick={run}>
            Remove it
          </Button>
        </>
      }
    />
  )
}
