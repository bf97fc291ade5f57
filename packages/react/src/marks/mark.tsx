import { MARKS } from './marks.ts'

/** A platform's mark; a platform without one gets its first letter. */
export function Mark({ provider, name, size }: { provider: string; name: string; size: number }) {
  const path = MARKS[provider]
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      {path !== undefined ? (
        <path d={path} />
      ) : (
        <text x="12" y="12" dy=".36em" textAnchor="middle" fontSize="18" fontWeight="700">
          {name.charAt(0).toUpperCase()}
        </text>
      )}
    </svg>
  )
}
