import { shortLeft } from '../../logic/time-left.ts'

const SIZE = 54
const WIDTH = 4
const R = (SIZE - WIDTH) / 2
const ROUND = 2 * Math.PI * R

/** The time that is left, as a ring that empties. Beside words that say it. */
export function Ring({ left, whole }: { left: number; whole: number }) {
  const share = Math.min(1, Math.max(0, left / whole))
  return (
    <span className="mooring-ring" aria-hidden="true">
      <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} fill="none" role="presentation">
        <circle cx={SIZE / 2} cy={SIZE / 2} r={R} strokeWidth={WIDTH} className="mooring-ring-whole" />
        <circle
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={R}
          strokeWidth={WIDTH}
          strokeDasharray={`${share * ROUND} ${ROUND}`}
          transform={`rotate(-90 ${SIZE / 2} ${SIZE / 2})`}
          className="mooring-ring-left"
        />
      </svg>
      <span className="mooring-ring-time">{shortLeft(left)}</span>
    </span>
  )
}
