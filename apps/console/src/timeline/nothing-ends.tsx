import { type Connection, inDays, longDate, type Provider } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { nameOf } from '../accounts/name-of.ts'
import type { Span } from './spans.ts'

interface NothingEndsProps {
  chosen: Span
  connections: readonly Connection[]
  providers: readonly Provider[]
  now: number
}

/** The best there is to see on this page. */
export function NothingEnds({ chosen, connections, providers, now }: NothingEndsProps) {
  const live = connections.filter((one) => one.state !== 'disconnected')
  const next = nextOf(live, now)
  return (
    <div
      data-slot="empty"
      className="flex flex-col items-center rounded-card border border-line bg-card px-4 py-10 text-center shadow-card"
    >
      <svg width="176" height="24" viewBox="0 0 176 24" fill="none" aria-hidden="true">
        <path d="M8 12h140" className="stroke-ok-dot" strokeWidth="2.5" strokeLinecap="round" />
        <path d="M156 12h20" className="stroke-line-strong" strokeWidth="1.5" strokeDasharray="3 4" />
        <circle cx="12" cy="12" r="8" className="fill-card stroke-ok-dot" strokeWidth="3" />
      </svg>
      <h2 className="mt-4 text-section">
        {live.length === 0
          ? 'No accounts yet'
          : chosen.days === 0
            ? 'Nobody is needed now'
            : `Nothing ends in the next ${chosen.days} days`}
      </h2>
      <p className="mt-1 max-w-100 text-ui text-ink-2">
        {live.length === 0 ? (
          <>
            Connect one under{' '}
            <Link to="/accounts" className="rounded-check text-link underline underline-offset-2">
              Accounts
            </Link>
            , and this page says when it will need you.
          </>
        ) : next === undefined ? (
          'Everything renews itself.'
        ) : (
          <>
            The first to need you is{' '}
            <Link
              to="/accounts/$connectionId"
              params={{ connectionId: next.connection.id }}
              className="rounded-check text-link underline underline-offset-2"
            >
              {nameOf(providers, next.connection.provider)}, {next.connection.identity.label}
            </Link>
            , on {longDate(next.at)}, {inDays(next.at, now)}.
          </>
        )}
      </p>
    </div>
  )
}

function nextOf(connections: readonly Connection[], now: number): { connection: Connection; at: string } | undefined {
  return connections
    .flatMap((connection) => {
      const at = connection.health.needsPersonAt
      return at === null || Date.parse(at) <= now ? [] : [{ connection, at }]
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0]
}
