import { type ApiKey, useDeleteApiKey } from '@mooring/react'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose } from '../ui/dialog.tsx'
import { notify } from '../ui/notify.tsx'

export function DeleteKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const remove = useDeleteApiKey()
  const run = () =>
    remove.mutate(apiKey.id, {
      onSuccess: () => {
        notify.ok(`The key ${apiKey.name} is deleted.`, { id: `key-${apiKey.id}` })
        onClose()
      },
      onError: (error) => notify.problem(error, { id: `key-${apiKey.id}` }),
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the key ${apiKey.name}?`}
      description={
        <>
          Programs that use <code className="text-ink">{apiKey.prefix}…</code> are refused from this moment. This cannot
          be undone.
        </>
      }
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Keep it</Button>
          </DialogClose>
          <Button variant="danger" busy={remove.isPending} onClick={run}>
            Delete the key
          </Button>
        </>
      }
    />
  )
}
