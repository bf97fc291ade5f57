import { ICONS, type IconName } from './icons.ts'

/** Beside a word, so it says nothing to a screen reader. */
export const Icon = ({ name, size = 13 }: { name: IconName; size?: number }) => (
  <Drawn shape={ICONS[name]} size={size} />
)

/** A shape on a 24 grid, in strokes. */
export function Drawn({ shape, size }: { shape: string; size: number }) {
  return (
    <svg
      data-slot="icon"
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 13 ? 1.75 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shape} />
    </svg>
  )
}
