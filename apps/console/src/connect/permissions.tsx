import type { Scope } from '@mooring/react'
import { Check, Minus, TriangleAlert } from 'lucide-react'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'

export interface PermissionsProps {
  name: string
  granted: readonly Scope[]
  missing: readonly Scope[]
  onAskAgain: () => void
  asking: boolean
}

/** What was granted and what was not, before the person decides. */
export function Permissions({ name, granted, missing, onAskAgain, asking }: PermissionsProps) {
  return (
    <Card className="p-4" aria-labelledby="permissions">
      <h2 id="permissions" className="text-ui font-semibold">
        What {name} allows
      </h2>
      <ul className="mt-3 grid gap-3.5">
        {granted.map((scope) => (
          <li key={scope.scope} className="flex gap-2.5">
            <Check size={14} className="mt-0.5 flex-none text-ok" aria-hidden />
            <div className="min-w-0">
              <p className="text-ui font-medium">{scope.allows}</p>
              <p className="font-mono text-floor font-normal text-ink-3 wrap-anywhere">{scope.scope}</p>
            </div>
          </li>
        ))}
        {missing.map((scope) => (
          <li key={scope.scope} className="flex gap-2.5">
            <Minus size={14} className="mt-0.5 flex-none text-warn" aria-hidden />
            <div className="min-w-0">
              <p className="text-ui font-medium">{scope.allows}</p>
              <p className="text-caption text-ink-2">Not granted. {scope.without}</p>
            </div>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <Button size="small" busy={asking} onClick={onAskAgain} className="mt-3 ml-6">
          Ask {name} again
        </Button>
      )}
    </Card>
  )
}

/** The same on a phone, where only what is missing has room. */
export function MissingPermissions({ name, missing, onAskAgain, asking }: Omit<PermissionsProps, 'granted'>) {
  if (missing.length === 0) return null
  const notGranted =
    missing.length === 1
      ? `“${missing[0]?.allows}” was not granted.`
      : `${missing.length} permissions were not granted.`
  return (
    <Banner
      tone="warn"
      icon={TriangleAlert}
      message={`${notGranted} ${missing.map((scope) => scope.without).join(' ')}`}
    >
      <button
        type="button"
        className="touch mt-1.5 cursor-pointer rounded-check font-medium text-link"
        onClick={asking ? undefined : onAskAgain}
      >
        Ask {name} again
      </button>
    </Banner>
  )
}
