import { type Connection, count, type Disconnected, kindName, type Provider, useDisconnect } from '@mooring/react'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose } from '../ui/dialog.tsx'
import { notify } from '../ui/notify.tsx'
import { nameOf } from './name-of.ts'

interface DisconnectDialogProps {
  connection: Connection
  providers: readonly Provider[]
  onClose: () => void
}

const NAMED = 8

/** Says what is lost before it is, and what stays. */
export function DisconnectDialog({ connection, providers, onClose }: DisconnectDialogProps) {
  const disconnect = useDisconnect()
  const name = nameOf(providers, connection.provider)
  const { accounts, identity } = connection
  const run = () =>
    disconnect.mutate(connection.id, {
      onSuccess: ({ revoked }) => {
        notify.ok(`${name} is disconnected. ${toldSentence(revoked, name)}`, { id: `disconnect-${connection.id}` })
        onClose()
      },
      onError: (error) => notify.problem(error, { id: `disconnect-${connection.id}` }),
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Disconnect ${name}?`}
      description={`${identity.label} is signed out of this workspace. What rests on this connection stops at once.`}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Keep it</Button>
          </DialogClose>
          <Button variant="danger" busy={disconnect.isPending} onClick={run}>
            Disconnect
          </Button>
        </>
      }
    >
      {accounts.length > 0 && (
        <>
          <p className="text-ui font-medium">{count(accounts.length, 'account')} will be gone from here:</p>
          <ul className="mt-1.5 rounded-inset bg-idle-bg px-3 py-2 text-ui">
            {accounts.slice(0, NAMED).map((account) => (
              <li key={account.id}>
                {account.label} <span className="text-caption text-ink-2">{kindName(account.kind)}</span>
              </li>
            ))}
            {accounts.length > NAMED && <li className="text-ink-2">and {accounts.length - NAMED} more</li>}
          </ul>
        </>
      )}
      <p className="mt-3 text-ui text-ink-2">
        The stored access is erased. The history is kept, and you can connect again at any time.
      </p>
    </Dialog>
  )
}

/** Whether the platform was told, and what that leaves to do. */
function toldSentence(revoked: Disconnected['revoked'], name: string): string {
  switch (revoked) {
    case 'yes':
      return `${name} was told, the access is ended there too.`
    case 'no':
      return `${name} did not answer. To end it there too, remove the app in your settings at ${name}.`
    case 'shared':
      return `Another connection uses the same consent, so ${name} was not told.`
    case 'unsupported':
      return `${name} offers no way to tell it. To end it there too, remove the app in your settings at ${name}.`
  }
}
