import { ICONS, type IconName } from './icons.ts'

/** Beside a word, so it says nothing to a screen reader. */
export function Icon({ name, size = 13 }: { name: IconName; size?: number }) {
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
      <path d={ICONS[name]} />
    </svg>
  )
}
