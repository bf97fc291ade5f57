import { CircleAlert } from 'lucide-react'
import { type ComponentProps, useId } from 'react'

export interface FieldProps extends ComponentProps<'input'> {
  label: string
  hint?: string
  error?: string | undefined
}

export function Field({ label, hint, error, ...rest }: FieldProps) {
  const id = useId()
  const noteId = useId()
  const note = error ?? hint
  return (
    <div data-slot="field">
      <label htmlFor={id} className="mb-1.5 block text-caption font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : noteId}
        {...rest}
        className="h-9 w-full rounded-button border border-control bg-well px-3 text-ui text-ink focus:outline-2 focus:outline-offset-2 focus:outline-accent aria-invalid:border-bad-dot max-rail:h-11 max-rail:text-[16px]"
      />
      {note !== undefined && (
        <p
          id={noteId}
          className={`mt-1.5 flex items-center gap-1.5 text-caption ${error === undefined ? 'text-ink-3' : 'text-bad'}`}
        >
          {error !== undefined && <CircleAlert size={13} aria-hidden />}
          {note}
        </p>
      )}
    </div>
  )
}
