import { initials } from '../logic/words.ts'

const TONES = 5

export interface InitialsProps {
  label: string
  /** A person is round, everything else is square. */
  kind?: string
  size?: 20 | 28 | 32
}

/** Letters in place of a picture. */
export function Initials({ label, kind = 'person', size = 20 }: InitialsProps) {
  const tone = [...label].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TONES
  return (
    <span
      data-slot="initials"
      data-kind={kind === 'person' ? 'person' : 'thing'}
      data-size={size}
      data-hue={tone + 1}
      className="mooring-initials"
      aria-hidden="true"
    >
      {initials(label)}
    </span>
  )
}
