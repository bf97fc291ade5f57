import { Pill, type Provider } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { CardHead } from './card/card-head.tsx'
import { SetupSteps } from './setup-steps.tsx'

interface SetupCardProps {
  provider: Provider
  onCheckAgain: () => void
  checking: boolean
}

/** A provider without an app of ours: a normal state, with the way out of it. */
export function SetupCard({ provider, onCheckAgain, checking }: SetupCardProps) {
  const { permissions } = useSignedIn()
  const [chosen, choose] = useState(provider.registrations[0]?.id)
  const registration = provider.registrations.find((one) => one.id === chosen)
  return (
    <Card aria-label={provider.name} data-provider={provider.id} className="flex flex-col gap-3 p-3.5">
      <CardHead
        provider={provider.id}
        name={provider.name}
        line="Set up once for this server"
        pill={
          <Pill tone="idle" icon="settings-2">
            Not configured
          </Pill>
        }
      />
      {provider.registrations.length > 1 && (
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">Kind of app</legend>
          {provider.registrations.map((one) => (
            <label
              key={one.id}
              className="cursor-pointer rounded-pill border border-line px-2.5 py-0.5 text-caption text-ink-2 has-checked:border-accent has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-rail:py-2.5"
            >
              <input
                type="radio"
                name={`kind-${provider.id}`}
                className="sr-only"
                checked={one.id === chosen}
                onChange={() => choose(one.id)}
              />
              {one.name}
            </label>
          ))}
        </fieldset>
      )}
      {registration && <SetupSteps registration={registration} />}
      <footer className="mt-auto flex items-center gap-1.5 pt-1">
        {/^(https?:\/)?\//.test(provider.docs) && (
          <a
            href={provider.docs}
            target="_blank"
            rel="noreferrer"
            className="mooring-button"
            data-slot="button"
            data-variant="secondary"
            data-size="small"
          >
            <BookOpen size={13} aria-hidden />
            Guide
          </a>
        )}
        {permissions.includes('registrations:write') && (
          <Link
            to="/settings/accounts"
            className="mooring-button"
            data-slot="button"
            data-variant="secondary"
            data-size="small"
          >
            Use your own app
          </Link>
        )}
        <Button size="small" variant="ghost" busy={checking} onClick={onCheckAgain}>
          Check again
        </Button>
      </footer>
    </Card>
  )
}
