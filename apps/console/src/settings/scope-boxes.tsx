import type { ApiKeyScope } from '@mooring/react'
import { CircleAlert, Eye } from 'lucide-react'
import { SCOPES } from './scopes.ts'

interface ScopeBoxesProps {
  chosen: readonly ApiKeyScope[]
  onChange: (chosen: readonly ApiKeyScope[]) => void
  missing: boolean
  /** What cannot be chosen here is not shown. */
  without?: ((scope: ApiKeyScope) => boolean) | undefined
}

export function ScopeBoxes({ chosen, onChange, missing, without }: ScopeBoxesProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-caption font-medium text-ink-2">It may</legend>
      <div className="grid overflow-hidden rounded-inset border border-line">
        {SCOPES.filter(({ scope }) => !without?.(scope)).map(({ scope, says, amber }) => (
          <label
            key={scope}
            htmlFor={`scope-${scope}`}
            className="flex cursor-pointer items-start gap-3 border-b border-line px-3 py-2.5 last:border-0 hover:bg-raised has-checked:bg-accent-soft/40"
          >
            <input
              id={`scope-${scope}`}
              type="checkbox"
              className="mooring-check mt-px"
              checked={chosen.includes(scope)}
              onChange={() =>
                onChange(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope])
              }
            />
            <span className="min-w-0">
              <span className={`flex items-center gap-1.5 font-mono text-mono ${amber ? 'text-warn' : 'text-ink'}`}>
                {scope}
                {amber && <Eye size={13} aria-hidden />}
              </span>
              <span className={`block text-caption ${amber ? 'text-warn' : 'text-ink-2'}`}>{says}</span>
            </span>
          </label>
        ))}
      </div>
      {missing && (
        <p role="alert" className="mt-1.5 flex items-center gap-1.5 text-caption text-bad">
          <CircleAlert size={13} aria-hidden />
          Choose at least one thing that it may do.
        </p>
      )}
    </fieldset>
  )
}
