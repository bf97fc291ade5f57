import { Pill, type Provider, type Registration } from '@mooring/react'
import { FlaskConical } from 'lucide-react'
import { RefusedNote } from '../alerts/refused-note.tsx'
import { useStart } from '../connect/use-start.ts'
import { Button } from '../ui/button.tsx'
import { Tile } from '../ui/tile.tsx'
import { AllowsList } from './allows-list.tsx'
import { Notices } from './notices.tsx'
import { SetupSteps } from './setup-steps.tsx'

interface GalleryItemProps {
  provider: Provider
  registration: Registration
  /** The one with the filled button. */
  first: boolean
}

export function GalleryItem({ provider, registration, first }: GalleryItemProps) {
  const { start, busy } = useStart()
  const { id, name, when, configured, simulated, scopes } = registration
  return (
    <li
      data-slot="gallery-item"
      data-registration={id}
      className="grid gap-3 rounded-card border border-line bg-raised/50 p-3.5"
    >
      <div className="flex items-start gap-3">
        <Tile provider={provider.id} name={provider.name} />
        <div className="min-w-0 flex-1">
          <h3 className="flex flex-wrap items-center gap-2 text-section">
            {name}
            {registration.own && (
              <Pill tone="idle" icon="plug">
                Your own app
              </Pill>
            )}
            {simulated && <SimulatedTag />}
            {!configured && (
              <Pill tone="idle" icon="settings-2">
                Not configured
              </Pill>
            )}
          </h3>
          <p className="mt-0.5 text-caption text-ink-2">{when}</p>
        </div>
        {configured && (
          <Button
            variant={first ? 'primary' : 'secondary'}
            busy={busy}
            onClick={() => start({ provider: provider.id, registration: id })}
            aria-label={`Connect ${name}`}
            className="max-rail:hidden"
          >
            Connect
          </Button>
        )}
      </div>
      <Notices registration={registration} />
      <RefusedNote registration={id} name={provider.name} />
      {configured ? (
        <div className="rail:pl-12">
          <AllowsList name={provider.name} scopes={scopes} />
          {provider.beforeConnect && <p className="mt-2 text-caption text-ink-2">{provider.beforeConnect}</p>}
        </div>
      ) : (
        <details className="rail:pl-12">
          <summary className="touch w-fit cursor-pointer rounded-check text-caption font-medium text-link">
            How to set it up
          </summary>
          <div className="mt-2">
            <SetupSteps registration={registration} />
          </div>
        </details>
      )}
      {configured && (
        <Button
          variant={first ? 'primary' : 'secondary'}
          busy={busy}
          onClick={() => start({ provider: provider.id, registration: id })}
          aria-label={`Connect ${name}`}
          className="rail:hidden"
        >
          Connect
        </Button>
      )}
    </li>
  )
}

const SimulatedTag = () => (
  <span className="inline-flex h-5.5 items-center gap-1 rounded-pill bg-idle-bg px-2 text-caption font-medium text-idle">
    <FlaskConical size={13} aria-hidden />
    Simulated
  </span>
)
