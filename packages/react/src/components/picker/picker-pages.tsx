import { Icon } from '../icon.tsx'
import type { Selection } from './use-selection.ts'

/** Where in the list one is, and the way on. The sentence is read out when it changes. */
export function PickerPages({ selection }: { selection: Selection }) {
  const { page, visible, query, onlyChosen, turnTo } = selection
  const many = page.of > 1
  const what = onlyChosen ? ' chosen' : query === '' ? '' : ' found'
  return (
    <nav data-slot="picker-pages" className="mooring-picker-pages" aria-label="Pages of the list" hidden={!many}>
      <p role="status" aria-label="Part of the list">
        {many && `${page.from + 1} to ${page.from + page.rows.length} of ${visible.length.toLocaleString('en')}${what}`}
      </p>
      <Turn label="Previous page" icon="chevron-left" off={page.number === 0} onTurn={() => turnTo(page.number - 1)} />
      <Turn
        label="Next page"
        icon="chevron-right"
        off={page.number === page.of - 1}
        onTurn={() => turnTo(page.number + 1)}
      />
    </nav>
  )
}

interface TurnProps {
  label: string
  icon: 'chevron-left' | 'chevron-right'
  off: boolean
  onTurn: () => void
}

/** Not disabled at the ends: the focus would be lost on the last page. */
function Turn({ label, icon, off, onTurn }: TurnProps) {
  return (
    <button
      type="button"
      className="mooring-turn"
      aria-label={label}
      aria-disabled={off}
      onClick={off ? undefined : onTurn}
    >
      <Icon name={icon} size={16} />
    </button>
  )
}
