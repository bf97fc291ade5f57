import { count, type Resealed } from '@mooring/react'
import { CircleX, LoaderCircle } from 'lucide-react'
import { Banner } from '../../ui/banner.tsx'
import { messageOf, operatorView } from '../../ui/notify.tsx'

/** How far it is, while it goes on. */
export function ResealProgress({ done, of }: { done: number; of: number }) {
  const share = of === 0 ? 1 : Math.min(1, done / of)
  return (
    <div className="pt-3">
      <p className="flex items-center justify-between gap-3 text-ui">
        <span className="flex items-center gap-2 font-medium">
          <LoaderCircle size={14} className="animate-turn text-accent" aria-hidden />
          Moving to the newest key
        </span>
        <span className="text-ink-2 tabular-nums">
          {done.toLocaleString('en')} of {of.toLocaleString('en')}
        </span>
      </p>
      <div
        role="progressbar"
        aria-label="Moving to the newest key"
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={Math.min(done, of)}
        className="mt-1.5 h-1 overflow-hidden rounded-pill bg-line"
      >
        <span
          className="block h-full rounded-pill bg-accent transition-[width] duration-240"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  )
}

const NAMED = 5

/** What came of it: said here, and not in a toast alone. */
export function ResealOutcome({ outcome }: { outcome: Resealed }) {
  const { rewrapped, failed } = outcome
  return (
    <div role="status" className="grid gap-2 pt-3 text-caption text-ink-2">
      <p>{rewrapped === 0 ? 'Nothing was left to seal anew.' : `${count(rewrapped, 'value')} sealed anew.`}</p>
      {failed.length > 0 && (
        <Banner
          tone="bad"
          icon={CircleX}
          message={`${count(failed.length, 'value')} did not open. They are as they were; everything else is moved.`}
        >
          <ul className="mt-1 font-mono text-floor font-normal wrap-anywhere">
            {failed.slice(0, NAMED).map((one) => (
              <li key={`${one.recordId} ${one.column}`}>
                {one.column} {one.recordId} {one.code}
              </li>
            ))}
            {failed.length > NAMED && <li>and {failed.length - NAMED} more</li>}
          </ul>
        </Banner>
      )}
    </div>
  )
}

export function ResealFault({ error }: { error: Error }) {
  return (
    <div role="alert" className="pt-3">
      <Banner tone="bad" icon={CircleX} message={messageOf(error)}>
        <p className="mt-1 font-mono text-floor font-normal whitespace-pre-wrap wrap-anywhere">{operatorView(error)}</p>
      </Banner>
    </div>
  )
}
