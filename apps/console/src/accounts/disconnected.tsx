import { type Connection, count, type Provider, shortDate } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useNow } from '../app/use-now.ts'
import { useStart } from '../connect/use-start.ts'
import { Button } from '../ui/button.tsx'
import { Tile } from '../ui/tile.tsx'
import { nameOf, registrationOf } from './name-of.ts'

interface DisconnectedProps {
  connections: readonly Connection[]
  providers: readonly Provider[]
}

/** What was disconnected, folded away: its history is kept. */
export function Disconnected({ connections, providers }: DisconnectedProps) {
  const now = useNow()
  const { start, busy } = useStart()
  if (connections.length === 0) return null
  return (
    <details className="mt-5" data-slot="disconnected">
      <summary className="touch w-fit cursor-pointer rounded-check text-ui text-ink-2 hover:text-ink">
        {count(connections.length, 'disconnected connection')}
      </summary>
      <ul className="mt-2 rounded-card border border-line bg-card">
        {connections.map((connection) => {
          const { id, provider, registration, identity, disconnectedAt } = connection
          const name = nameOf(providers, provider)
          const platform = providers.find((one) => one.id === provider)
          return (
            <li
              key={id}
              className="flex items-center gap-2.5 border-b border-line px-3.5 py-2.5 last:border-0 max-rail:flex-wrap"
            >
              <Tile provider={provider} name={name} />
              <div className="min-w-0 flex-1">
                <p className="text-ui font-medium">{name}</p>
                <p className="text-caption text-ink-2">
                  as {identity.label}
                  {disconnectedAt !== null && `, until ${shortDate(disconnectedAt, now)}`}
                </p>
              </div>
              <Link
                to="/accounts/$connectionId"
                params={{ connectionId: id }}
                className="mooring-button"
                data-slot="button"
                data-variant="ghost"
                data-size="small"
              >
                What happened
              </Link>
              {registrationOf(platform, registration)?.configured && (
                <Button size="small" busy={busy} onClick={() => start({ provider, registration })}>
                  Connect again
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
