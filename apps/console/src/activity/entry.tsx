import { type AuditEntry, clock, longDate } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Ban, ScrollText } from 'lucide-react'
import { browserName } from '../app/browser-name.ts'
import { ACTIONS } from './actions.ts'

export function Entry({ entry }: { entry: AuditEntry }) {
  const look = ACTIONS[entry.action]
  const refused = entry.outcome === 'refused'
  const Icon = refused ? Ban : (look?.icon ?? ScrollText)
  const from = [entry.address, entry.browser === null ? null : browserName(entry.browser)].filter((one) => one !== null)
  return (
    <li
      data-entry={entry.action}
      data-outcome={entry.outcome}
      className="flex gap-3 border-b border-line py-2 last:border-0"
    >
      <span
        aria-hidden="true"
        className={`grid size-6 flex-none place-items-center rounded-pill border border-line bg-raised ${refused ? 'text-bad' : 'text-ink-2'}`}
      >
        <Icon size={13} strokeWidth={2} />
      </span>
      <div className="flex min-w-0 flex-1 items-baseline justify-between gap-4 pt-0.75">
        <p className="min-w-0 text-ui wrap-anywhere">
          <b className="font-medium">{entry.actor.name}</b> {look?.says ?? <code>{entry.action}</code>}
          {entry.times > 1 && `, ${entry.times} times within a minute`}
          {refused && <span className="text-bad">: refused</span>} <Target entry={entry} />
          {from.length > 0 && <span className="block text-caption text-ink-3">{from.join(', ')}</span>}
        </p>
        <time
          dateTime={entry.at}
          title={`${longDate(entry.at)}, ${new Date(entry.at).toLocaleTimeString('en-GB')}`}
          className="flex-none text-caption text-ink-2 tabular-nums"
        >
          {clock(entry.at)}
        </time>
      </div>
    </li>
  )
}

/** A connection's page has its name and its history. */
function Target({ entry: { target } }: { entry: AuditEntry }) {
  if (target?.kind !== 'connection') return null
  return (
    <Link
      to="/accounts/$connectionId"
      params={{ connectionId: target.id }}
      className="text-link underline underline-offset-2"
    >
      Look at it
    </Link>
  )
}
