import { count, type PublishingSettings } from '@mooring/react'
import { useId } from 'react'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'

type Missed = PublishingSettings['missed']

const POLICIES: readonly { id: Missed['policy']; label: string; says: string }[] = [
  { id: 'late', label: 'Send it late', says: 'It goes out as soon as it can, however late.' },
  { id: 'ask', label: 'Ask', says: 'It waits under Needs attention: somebody sends it or drops it.' },
  { id: 'drop', label: 'Drop it', says: 'It does not go out. The post says that it was missed.' },
]
const LIMITS = [15, 30, 60, 180, 720, 1440]

const spanWords = (minutes: number): string =>
  minutes < 60 ? count(minutes, 'minute') : minutes < 1440 ? count(minutes / 60, 'hour') : count(minutes / 1440, 'day')

interface MissedCardProps {
  missed: Missed
  may: boolean
  onChange: (missed: Missed) => void
}

/** What becomes of a post whose time passed while this server or the connection was away. */
export function MissedCard({ missed, may, onChange }: MissedCardProps) {
  const id = useId()
  const limits = [...new Set([...LIMITS, missed.afterMinutes])].sort((a, b) => a - b)
  return (
    <Card aria-labelledby={id} className="p-4" data-slot="missed">
      <h2 id={id} className="text-section">
        When a time is missed
      </h2>
      <p className="mt-0.5 text-caption text-ink-2">
        This server was off, or the connection had ended. What happens to the post then?
      </p>
      <fieldset className="mt-3.5 grid gap-2" disabled={!may}>
        <legend className="sr-only">What happens to a missed post</legend>
        {POLICIES.map((one) => (
          <label
            key={one.id}
            className="flex cursor-pointer items-start gap-3 rounded-inset border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-default has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="missed"
              className="mt-0.5 size-4 accent-accent outline-none!"
              checked={missed.policy === one.id}
              onChange={() => onChange({ ...missed, policy: one.id })}
            />
            <span>
              <span className="block text-ui font-medium">{one.label}</span>
              <span className="block text-caption text-ink-2">{one.says}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {may && (
        <div className="mt-3.5 max-w-52">
          <Choice
            label="A post is missed when it is late by more than"
            value={String(missed.afterMinutes)}
            onChange={(value) => onChange({ ...missed, afterMinutes: Number(value) })}
          >
            {limits.map((minutes) => (
              <option key={minutes} value={minutes}>
                {spanWords(minutes)}
              </option>
            ))}
          </Choice>
        </div>
      )}
    </Card>
  )
}
