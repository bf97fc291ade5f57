import type { Provider } from '@mooring/react'
import { Dialog } from '../ui/dialog.tsx'
import { GalleryItem } from './gallery-item.tsx'

interface ConnectDialogProps {
  open: boolean
  onClose: () => void
  providers: readonly Provider[]
}

/** What can be connected, and what each asks for before one leaves for it. */
export function ConnectDialog({ open, onClose, providers }: ConnectDialogProps) {
  const only = providers.length === 1 ? providers[0] : undefined
  const entries = providers.flatMap((provider) =>
    provider.registrations.map((registration) => ({ provider, registration })),
  )
  const ready = entries.filter((entry) => entry.registration.configured)
  const rest = entries.filter((entry) => !entry.registration.configured)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={only ? `Connect ${only.name}` : 'Connect an account'}
      description={`You sign in at the platform and come back here. Mooring never sees your password${providers.some((one) => one.credentials) ? ', unless it says so' : ''}.`}
      wide
    >
      <ul className="grid gap-3">
        {[...ready, ...rest].map(({ provider, registration }) => (
          <GalleryItem
            key={registration.id}
            provider={provider}
            registration={registration}
            first={registration === ready[0]?.registration}
          />
        ))}
      </ul>
    </Dialog>
  )
}
