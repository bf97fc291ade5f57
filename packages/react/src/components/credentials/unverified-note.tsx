import { Icon } from '../icon.tsx'

/** A service whose own description says nothing of this sign-in is marked as such. */
export function UnverifiedNote({ sentence }: { sentence: string | null }) {
  if (sentence === null) return null
  return (
    <div data-slot="unverified" className="mooring-flow-note" data-tone="idle">
      <Icon name="flask-conical" size={16} />
      <p>
        <b>Unverified.</b> {sentence}
      </p>
    </div>
  )
}
