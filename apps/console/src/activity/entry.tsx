import { type AuditEntry, clock, longDate } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Ban, ScrollText } from 'lucide-react'
import { browserName } from '../app/browser-name.ts'
import { ACTIONS } from './actions.ts'

export function Entry({ entry, onTarget }: { entry: AuditEntry; onTarget: (target: Target) => void }) {
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
          {refused && <span className="text-bad">: refused</span>} <Target entry={entry} onTarget={onTarget} />
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

/** What it was done to, by the name it had then. A press shows all that was done to it; a connection has a page, too. */
function Target({ entry: { target }, onTarget }: { entry: AuditEntry; onTarget: (target: Target) => void }) {
  if (target === null) return null
  const label = target.label ?? TARGETS[target.kind] ?? target.kind
  return (
    <>
      <button
        type="button"
        aria-label={`All about ${label}`}
        className="cursor-pointer rounded-check text-ink underline decoration-dotted underline-offset-2 hover:text-link"
        onClick={() => onTarget({ id: target.id, label })}
      >
        {label}
      </button>{' '}
      {target.kind === 'connection' && (
        <Link
          to="/accounts/$connectionId"
          params={{ connectionId: target.id }}
          className="text-link underline underline-offset-2"
        >
          Look at it
        </Link>
      )}
    </>
  )
}

export interface Target {
  id: string
  label: string
}

/** Where nobody wrote down a name. */
const TARGETS: Readonly<Record<string, string>> = {
  connection: 'this connection',
  flow: 'this try',
  'api-key': 'this key',
  person: 'this member',
  'connect-session': 'this connect session',
  'connect-link': 'this link',
  invitation: 'this invitation',
  session: 'this session',
  passkey: 'this passkey',
  workspace: 'this workspace',
  registration: 'this app',
}
