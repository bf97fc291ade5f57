import { Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, PenLine } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { LOOKS, type Look, titleOf } from './grid.ts'

const NAMES: Record<Look, string> = { month: 'Month', week: 'Week', day: 'Day', list: 'List' }

interface CalendarHeadProps {
  look: Look
  day: string
  phone: boolean
  may: boolean
  onLook: (look: Look) => void
  onStep: (by: 1 | -1) => void
  onToday: () => void
}

export function CalendarHead({ look, day, phone, may, onLook, onStep, onToday }: CalendarHeadProps) {
  const span = look === 'list' ? 'four weeks' : look
  return (
    <header className="mb-2.5 flex min-h-8.5 flex-wrap items-center gap-x-5 gap-y-2">
      <h1 className="text-page" aria-live="polite">
        {titleOf(look, day)}
      </h1>
      <div className="flex flex-1 gap-2">
        <Button
          size="small"
          aria-label={`The ${span} before`}
          onClick={() => onStep(-1)}
          className="w-8 px-0! max-rail:w-11"
        >
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <Button
          size="small"
          aria-label={`The next ${span}`}
          onClick={() => onStep(1)}
          className="w-8 px-0! max-rail:w-11"
        >
          <ChevronRight size={16} aria-hidden />
        </Button>
        <Button size="small" onClick={onToday}>
          Today
        </Button>
      </div>
      {!phone && (
        <fieldset className="flex gap-0.5 rounded-inset border border-line p-0.5">
          <legend className="sr-only">How much at once</legend>
          {LOOKS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === look}
              className="h-7 cursor-pointer rounded-button border border-transparent px-3 text-ui font-medium text-ink-2 hover:text-ink aria-pressed:border-line-strong aria-pressed:bg-raised aria-pressed:text-ink"
              onClick={() => onLook(one)}
            >
              {NAMES[one]}
            </button>
          ))}
        </fieldset>
      )}
      {may && (
        <Link
          to="/compose/{-$post}"
          params={{ post: undefined }}
          className="mooring-button"
          data-slot="button"
          data-variant="primary"
          data-size="small"
        >
          <PenLine size={14} aria-hidden />
          New post
        </Link>
      )}
    </header>
  )
}
