import type { Forecast } from '@mooring/react'
import { SPANS, type Span } from './spans.ts'

const TONE: Record<Span['id'], string> = { now: 'text-bad', in7: 'text-bad', in30: 'text-warn', in90: 'text-ink' }

interface SpanChipsProps {
  counts: Forecast['counts']
  chosen: Span
  onChoose: (span: Span) => void
}

/** How many connections need somebody by when; each number is a filter of the list. */
export function SpanChips({ counts, chosen, onChoose }: SpanChipsProps) {
  return (
    <fieldset className="mb-3.5 grid grid-cols-4 gap-3.5 max-rail:mb-3 max-rail:gap-2">
      <legend className="sr-only">How far ahead</legend>
      {SPANS.map((span) => {
        const number = counts[span.id]
        return (
          <label
            key={span.id}
            data-span={span.id}
            className="cursor-pointer rounded-card border border-line bg-card px-4 py-3 shadow-card transition-colors duration-120 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-rail:px-3 max-rail:py-2.5"
          >
            <input
              type="radio"
              name="span"
              className="sr-only"
              checked={span.id === chosen.id}
              onChange={() => onChoose(span)}
            />
            <span
              className={`block text-display tabular-nums max-rail:text-page ${number === 0 ? 'text-ink-3' : TONE[span.id]}`}
            >
              {number.toLocaleString('en')}
            </span>
            <span className="block text-caption text-ink-2">
              {span.days > 0 && <span className="max-rail:sr-only">In the next </span>}
              {span.label}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
