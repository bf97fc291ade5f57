import type { Connection, Provider } from '@mooring/react'
import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { useStart } from '../../connect/use-start.ts'
import { registrationOf } from '../name-of.ts'

const SHOWN = 4

/** What this connection may do, and what is missing with what does not work without it. */
export function ScopeTicks({ connection, provider }: { connection: Connection; provider: Provider | undefined }) {
  const [all, setAll] = useState(false)
  const again = useStart()
  const works = connection.state === 'connected' || connection.state === 'failing'
  const known = registrationOf(provider, connection.registration)?.scopes ?? []
  // Lists of scopes begin with who one is; what people connect for comes last, and is shown first.
  const granted = known.filter((scope) => connection.grantedScopes.includes(scope.scope)).reverse()
  const { missingScopes: missing } = connection
  if (granted.length === 0 && missing.length === 0) return null
  const fold = granted.length > SHOWN + 1 && !all
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-caption text-ink-2" aria-label="Permissions">
      {(fold ? granted.slice(0, SHOWN) : granted).map((scope) => (
        <li key={scope.scope} title={scope.scope} className="flex items-start gap-1.5">
          <Check size={13} className="mt-0.5 flex-none text-ink-3" aria-hidden />
          {scope.allows}
        </li>
      ))}
      {fold && (
        <li>
          <button
            type="button"
            className="touch cursor-pointer rounded-check text-link hover:underline"
            onClick={() => setAll(true)}
          >
            and {granted.length - SHOWN} more
          </button>
        </li>
      )}
      {missing.map((scope) => (
        <li key={scope.scope} title={scope.scope} className="flex basis-full items-start gap-1.5 text-warn">
          <Minus size={13} className="mt-0.5 flex-none" aria-hidden />
          <span>
            <span className="sr-only">Missing: </span>
            {scope.without}
          </span>
        </li>
      ))}
      {missing.length > 0 && works && (
        <li className="basis-full pl-5">
          <button
            type="button"
            className="touch cursor-pointer rounded-check font-medium text-link hover:underline"
            onClick={again.busy ? undefined : () => again.start({ reconnect: connection.id })}
          >
            Ask {provider?.name ?? connection.provider} again
          </button>
        </li>
      )}
    </ul>
  )
}
