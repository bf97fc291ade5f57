const SIZE = 104
const WIDTH = 9
const R = (SIZE - WIDTH) / 2
const ROUND = 2 * Math.PI * R

/** How much rests on the newest key. */
export function Donut({ share }: { share: number }) {
  // Not done is never shown as done.
  const percent = share === 1 ? 100 : Math.min(99, Math.round(share * 100))
  return (
    <div className="relative size-26 flex-none" role="img" aria-label={`${percent} percent rest on the newest key`}>
      <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} fill="none" aria-hidden="true">
        <circle cx={SIZE / 2} cy={SIZE / 2} r={R} strokeWidth={WIDTH} className="stroke-line-strong" />
        <circle
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={R}
          strokeWidth={WIDTH}
          strokeDasharray={`${share * ROUND} ${ROUND}`}
          className="origin-center -rotate-90 stroke-accent transition-[stroke-dasharray] duration-240"
        />
      </svg>
      <p aria-hidden="true" className="absolute inset-0 grid place-content-center text-center">
        <span className="block text-page tabular-nums">{percent}%</span>
        <span className="block text-floor font-normal text-ink-2">moved</span>
      </p>
    </div>
  )
}
