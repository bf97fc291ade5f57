import { Avatar, ago, type Connection, ConnectionStatus } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { useNow } from '../app/use-now.ts'
import { Button } from '../ui/button.tsx'
import { healthOf } from './seats.ts'

interface SeatRowProps {
  seat: Connection
  /** The service that it goes through. */
  through: string
  /** Undefined: this person may not send links. */
  onSend: (() => void) | undefined
}

export function SeatRow({ seat, through, onSend }: SeatRowProps) {
  const now = useNow()
  const { id, identity, health, lastTestedAt } = seat
  const login = healthOf(seat) === 'login'
  return (
    <li
      data-slot="seat"
      data-connection={id}
      className="grid min-h-14 grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5 last:border-0 rail:grid-cols-[28px_minmax(0,1fr)_minmax(0,1.2fr)_140px] side:grid-cols-[28px_minmax(0,1fr)_minmax(0,1.2fr)_276px]"
    >
      <Avatar label={identity.label} size={28} picture={identity.picture} />
      <p className="min-w-0">
        <Link
          to="/accounts/$connectionId"
          params={{ connectionId: id }}
          className="rounded-check text-ui font-medium wrap-anywhere hover:underline"
        >
          {identity.label}
        </Link>
        <span className="block truncate text-caption text-ink-2">
          {[identity.email ?? identity.handle, through].filter(Boolean).join(', ')}
        </span>
      </p>
      <p className="text-caption text-ink-2 max-rail:order-last max-rail:col-span-full">
        {health.level === 'ok' ? (lastTestedAt === null ? '' : `Checked ${ago(lastTestedAt, now)}`) : health.message}
      </p>
      <span className="flex flex-wrap items-center justify-end gap-x-2.5 gap-y-1.5 max-rail:contents">
        <ConnectionStatus connection={seat} now={now} />
        {login && onSend && (
          <Button
            size="small"
            onClick={onSend}
            aria-label={`Send the link again to ${identity.label}`}
            className="max-rail:order-last max-rail:col-span-full"
          >
            Send the link again
          </Button>
        )}
      </span>
    </li>
  )
}
