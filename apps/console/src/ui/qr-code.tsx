import { encode } from 'uqr'

/** Drawn in the page: the content policy takes pictures from this server alone, and none from a `data:` address. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 0 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto size-44 rounded-inset bg-white p-2"
    >
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
