import { HEALTHS, type SeatHealth } from './seats.ts'

const TONE: Record<SeatHealth, { bar: string; text: string }> = {
  login: { bar: 'bg-bad-dot', text: 'text-bad' },
  ours: { bar: 'bg-bad-dot', text: 'text-bad' },
  failing: { bar: 'bg-warn-dot', text: 'text-warn' },
  works: { bar: 'bg-ok-dot', text: 'text-ok' },
}

interface HealthFilterProps {
  counts: Record<SeatHealth, number>
  chosen: SeatHealth | undefined
  onChoose: (health: SeatHealth | undefined) => void
}

/** To scale, at least nine pixels each; each number is a filter of the list. */
export function HealthFilter({ counts, chosen, onChoose }: HealthFilterProps) {
  const there = HEALTHS.filter(({ health }) => counts[health] > 0)
  return (
    <div className="px-4 pt-4 pb-3">
      <div className="flex gap-1" aria-hidden="true">
        {there.map(({ health }) => (
          <span
            key={health}
            className={`h-2.5 min-w-2.25 rounded-pill ${TONE[health].bar}`}
            style={{ flexGrow: counts[health] }}
          />
        ))}
      </div>
      <fieldset className="mt-3 flex flex-wrap gap-x-2 gap-y-2">
        <legend className="sr-only">By health</legend>
        {there.map(({ health, label }) => (
          <button
            key={health}
            type="button"
            aria-pressed={chosen === health}
            onClick={() => onChoose(chosen === health ? undefined : health)}
            className="cursor-pointer rounded-button border border-transparent px-2.5 py-1 text-left hover:bg-hover/60 aria-pressed:border-accent aria-pressed:bg-accent-soft max-rail:min-h-11"
          >
            <span className="block text-page tabular-nums">{counts[health].toLocaleString('en')}</span>
            <span className={`block text-caption ${TONE[health].text}`}>{label}</span>
          </button>
        ))}
      </fieldset>
    </div>
  )
}
