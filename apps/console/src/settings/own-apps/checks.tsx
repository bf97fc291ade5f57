import type { OwnCheck } from '@mooring/react'
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react'

const WHAT: Record<OwnCheck['what'], string> = {
  client: 'Client id and secret',
  redirect: 'Redirect address',
  scopes: 'What it may ask for',
}
const LOOK = {
  ok: { icon: CircleCheck, tone: 'text-ok', says: 'right' },
  wrong: { icon: CircleX, tone: 'text-bad', says: 'wrong' },
  unknown: { icon: CircleHelp, tone: 'text-ink-3', says: 'not seen from here' },
}

/** What a test found, one line each. */
export function Checks({ checks }: { checks: readonly OwnCheck[] }) {
  return (
    <div role="status">
      <ul aria-label="What the test found" className="grid gap-1.5 text-caption">
        {checks.map(({ what, outcome, message }) => {
          const { icon: Icon, tone, says } = LOOK[outcome]
          return (
            <li key={what} data-check={what} data-outcome={outcome} className="flex gap-2">
              <Icon size={14} aria-hidden className={`mt-px flex-none ${tone}`} />
              <span className="min-w-0 text-ink-2">
                <b className="font-medium text-ink">
                  {WHAT[what]}
                  <span className="sr-only">, {says}</span>.
                </b>{' '}
                {message}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
