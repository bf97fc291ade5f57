import type { AxisMark } from './axis-marks.ts'

interface AxisProps {
  marks: readonly AxisMark[]
  /** What is chosen, from today on, as a share of the axis. */
  shade?: number
}

/** The weeks behind the lanes. Its columns are those of a lane. */
export function Axis({ marks, shade = 0 }: AxisProps) {
  return (
    <div aria-hidden="true" className="lane pointer-events-none absolute inset-0">
      <div className="relative col-start-2 h-full">
        {shade > 0 && shade < 1 && (
          <span
            className="absolute top-6.5 bottom-0 left-0 rounded-check bg-accent-soft transition-[width] duration-180 ease-out"
            style={{ width: `${shade * 100}%` }}
          />
        )}
        {marks.map(({ at, label }, index) => (
          <span
            key={at}
            className={`absolute inset-y-0 ${index % 2 === 1 ? 'max-rail:hidden' : ''}`}
            style={{ left: `${at * 100}%` }}
          >
            {label !== undefined && (
              <span
                className={`absolute top-1 text-floor whitespace-nowrap ${index === 0 ? 'font-semibold text-ink' : '-translate-x-1/2 font-normal text-ink-2'} ${index % 4 === 2 ? 'max-rail:hidden' : ''}`}
              >
                {label}
              </span>
            )}
            <span className="absolute top-6.5 bottom-0 w-px bg-line" />
          </span>
        ))}
      </div>
    </div>
  )
}
