import { Pill, type Provider } from '@mooring/react'
import { useState } from 'react'
import { RefusedNote } from '../alerts/refused-note.tsx'
import { useStart } from '../connect/use-start.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { AllowsList } from './allows-list.tsx'
import { CardHead } from './card/card-head.tsx'
import { ConnectDialog } from './connect-dialog.tsx'

interface FreeCardProps {
  provider: Provider
  /** Nothing at all is connected yet: connecting is the next step. */
  first: boolean
}

/** A configured provider that nobody connected yet: what it asks for, and one press to leave for it. */
export function FreeCard({ provider, first }: FreeCardProps) {
  const { start, busy } = useStart()
  const [choosing, setChoosing] = useState(false)
  const ready = provider.registrations.filter((one) => one.configured)
  const registration = ready[0]
  if (!registration) return null
  return (
    <Card aria-label={provider.name} data-provider={provider.id} className="flex flex-col gap-3 p-3.5">
      <CardHead
        provider={provider.id}
        name={provider.name}
        line="Ready to connect"
        pill={
          <Pill tone="idle" icon="plug">
            Not connected
          </Pill>
        }
      />
      <RefusedNote registration={registration.id} name={provider.name} />
      <div>
        <AllowsList name={provider.name} scopes={registration.scopes} />
        {provider.beforeConnect && <p className="mt-2 text-caption text-ink-2">{provider.beforeConnect}</p>}
      </div>
      <footer className="mt-auto flex flex-wrap items-center gap-1.5 pt-1">
        <Button
          size="small"
          variant={first ? 'primary' : 'secondary'}
          busy={busy}
          onClick={() => start({ provider: provider.id, registration: registration.id })}
        >
          Connect {provider.name}
        </Button>
        {ready.length > 1 && (
          <Button size="small" variant="ghost" onClick={() => setChoosing(true)}>
            Another kind of app
          </Button>
        )}
      </footer>
      <ConnectDialog open={choosing} onClose={() => setChoosing(false)} providers={[provider]} />
    </Card>
  )
}
