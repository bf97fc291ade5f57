import { clock, Initials } from '@mooring/react'
import { useSignedIn } from '../app/gate.tsx'
import { useNow } from '../app/use-now.ts'
import { ThemeMenu } from './theme-menu.tsx'

export function Person() {
  const { person } = useSignedIn()
  const now = new Date(useNow()).toISOString()
  return (
    <div
      data-slot="person"
      className="flex items-center gap-2.5 border-t border-line pt-3 max-side:flex-col side:pl-1.5"
      title={person.name}
    >
      <Initials label={person.name} size={28} />
      <p className="min-w-0 flex-1 max-side:sr-only">
        <span className="block truncate text-ui font-semibold">{person.name}</span>
        <span className="block text-floor font-normal text-ink-3 tabular-nums">
          Local time <time dateTime={now}>{clock(now)}</time>
        </span>
      </p>
      <ThemeMenu />
    </div>
  )
}
