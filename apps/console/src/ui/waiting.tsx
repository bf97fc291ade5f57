import { useSlow } from '@mooring/react'
import { Logo } from '../shell/logo.tsx'

/** A whole page that waits. It stays empty for a second: most waits are over by then. */
export function Waiting({ label }: { label: string }) {
  const slow = useSlow(true)
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <div role="status" className={slow ? 'flex animate-fade flex-col items-center gap-4' : 'sr-only'}>
        <span className="animate-wait">
          <Logo size={32} />
        </span>
        <p className="text-ui text-ink-2">{label}</p>
      </div>
    </main>
  )
}
