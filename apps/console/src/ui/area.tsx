import { type ComponentProps, useId } from 'react'

export interface AreaProps extends ComponentProps<'textarea'> {
  label: string
  hint?: string
}

/** Several lines of text. */
export function Area({ label, hint, ...rest }: AreaProps) {
  const id = useId()
  const noteId = useId()
  return (
    <div data-slot="field">
      <label htmlFor={id} className="mb-1.5 block text-caption font-medium text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        aria-describedby={hint === undefined ? undefined : noteId}
        {...rest}
        className="w-full rounded-button border border-control bg-well px-3 py-2 text-ui text-ink focus:outline-2 focus:outline-offset-2 focus:outline-accent max-rail:text-[16px]"
      />
      {hint !== undefined && (
        <p id={noteId} className="mt-1.5 text-caption text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}
