import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId } from 'react'

interface ChoiceProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  /** `<option>`s. */
  children: ReactNode
}

/** One of a few: the platform's own list, which a phone shows as it is used to. */
export function Choice<T extends string>({ label, value, onChange, children }: ChoiceProps<T>) {
  const id = useId()
  return (
    <div data-slot="field" className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-caption font-medium text-ink-2">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value as T)}
          className="h-9 w-full cursor-pointer appearance-none truncate rounded-button border border-control bg-well pr-8 pl-3 text-ui text-ink focus:outline-2 focus:outline-offset-2 focus:outline-accent max-rail:h-11 max-rail:text-[16px]"
        >
          {children}
        </select>
        <ChevronDown
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-3"
        />
      </div>
    </div>
  )
}
