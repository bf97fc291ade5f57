import type { Scope } from '@mooring/react'
import { Check } from 'lucide-react'

/** What a platform asks for, in plain words; nothing where one signs in without being asked. */
export function AllowsList({ name, scopes }: { name: string; scopes: readonly Scope[] }) {
  if (scopes.length === 0) return null
  return (
    <>
      <p className="mb-1.5 text-caption font-medium text-ink">{name} will ask you for</p>
      <ul className="grid gap-1 text-caption text-ink-2">
        {scopes.map((scope) => (
          <li key={scope.scope} title={scope.scope} className="flex gap-1.5">
            <Check size={13} className="mt-0.5 flex-none text-ink-3" aria-hidden />
            {scope.allows}
          </li>
        ))}
      </ul>
    </>
  )
}
