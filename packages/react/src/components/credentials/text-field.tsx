import { type ComponentProps, type ReactNode, useId } from 'react'
import { Icon } from '../icon.tsx'

export interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  hint?: string
  error?: string | undefined
  /** What else tells about it, by id. */
  told?: string | undefined
  /** Stands in its right end. */
  trailing?: ReactNode
}

export function TextField({ label, hint, error, told, trailing, ...rest }: TextFieldProps) {
  const id = useId()
  const noteId = useId()
  const note = error ?? hint
  return (
    <div data-slot="field" className="mooring-field">
      <label htmlFor={id}>{label}</label>
      <span className="mooring-field-box">
        <input
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={[note === undefined ? undefined : noteId, told].filter(Boolean).join(' ') || undefined}
          {...rest}
        />
        {trailing}
      </span>
      {note !== undefined && (
        <p id={noteId} className="mooring-field-note" data-tone={error === undefined ? undefined : 'bad'}>
          {error !== undefined && <Icon name="circle-alert" />}
          {note}
        </p>
      )}
    </div>
  )
}
