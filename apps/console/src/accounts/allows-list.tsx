import type { Scope } from '@mooring/react'
import { Check } from 'lucide-react'

/** What is asked for, in plain words. */
export function AllowsList({ scopes }: { scopes: readonly Scope[] }) {
  return (
    <ul className="grid gap-1 text-caption text-ink-2">
      {scopes.map((scope) => (
        <li key={scope.scope} title={scope.scope} className="flex gap-1.5">
          <Check size={13} className="mt-0.5 flex-none text-ink-3" aria-hidden />
          {scope.allows}
        </li>
      ))}
    </ul>
  )
}
