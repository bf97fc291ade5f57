import { ago, type Connection, inDays, longDate } from '@mooring/react'
import { expiryLines } from './expiry.ts'

/** Until when it works, as a date and as days. A banner that says so already is not repeated. */
export function ExpiryLine({ connection, now }: { connection: Connection; now: number }) {
  const { lastTestedAt } = connection
  return (
    <ul className="text-caption text-ink-3" aria-label="Until when it works">
      {expiryLines(connection).map(({ lead, at, tail }) => (
        <li key={lead}>
          {lead}
          {at !== undefined && (
            <>
              {' '}
              <time dateTime={at} className="text-ink-2">
                {longDate(at)}
              </time>
              , {inDays(at, now)}
            </>
          )}
          {tail}
        </li>
      ))}
      {lastTestedAt !== null && <li>Tested {ago(lastTestedAt, now)}</li>}
    </ul>
  )
}
