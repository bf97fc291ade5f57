import type { ApiKeyScope } from '@mooring/react'
import { Eye } from 'lucide-react'
import { SCOPES } from './scopes.ts'

export function ScopeChip({ scope }: { scope: ApiKeyScope }) {
  const amber = SCOPES.some((one) => one.scope === scope && one.amber)
  return (
    <span
      data-slot="scope"
      className={`inline-flex h-5 items-center gap-1 rounded-check px-1.5 font-mono text-mono ${amber ? 'bg-warn-bg text-warn' : 'bg-raised text-ink-2'}`}
    >
      {amber && <Eye size={12} aria-hidden />}
      {scope}
    </span>
  )
}
