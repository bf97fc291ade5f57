import { isApiProblem } from '@mooring/react'
import { Field } from '../../ui/field.tsx'
import { KINDS, NEWS } from './words.ts'

/** The reason at the field, where the address was refused. */
export const urlFault = (error: unknown): string | undefined => {
  const fault = isApiProblem(error) ? error.fields.find(({ path }) => path === 'url') : undefined
  return fault && `That address ${fault.message}.`
}

interface UrlFieldProps {
  url: string
  onUrl: (typed: string) => void
  error: unknown
}

export function UrlField({ url, onUrl, error }: UrlFieldProps) {
  return (
    <Field
      label="Address of your program"
      name="endpoint"
      inputMode="url"
      spellCheck={false}
      required
      maxLength={1000}
      placeholder="https://app.example.com/hooks"
      value={url}
      onChange={(event) => onUrl(event.target.value)}
      error={urlFault(error)}
    />
  )
}

interface EventBoxesProps {
  /** Null: all that are news. */
  chosen: readonly string[] | null
  onChange: (chosen: string[] | null) => void
}

export function EventBoxes({ chosen, onChange }: EventBoxesProps) {
  const now = chosen ?? NEWS
  const toggle = (type: string) => {
    const next = now.includes(type) ? now.filter((one) => one !== type) : [...now, type]
    onChange(next.length === NEWS.length && NEWS.every((one) => next.includes(one)) ? null : next)
  }
  return (
    <fieldset>
      <legend className="mb-1.5 text-caption font-medium text-ink-2">It hears when</legend>
      <div className="grid overflow-hidden rounded-inset border border-line">
        {KINDS.map(({ type, says }) => (
          <label
            key={type}
            htmlFor={`hears-${type}`}
            className="flex cursor-pointer items-start gap-3 border-b border-line px-3 py-2.5 last:border-0 hover:bg-raised has-checked:bg-accent-soft/40"
          >
            <input
              id={`hears-${type}`}
              type="checkbox"
              className="mooring-check mt-px"
              checked={now.includes(type)}
              onChange={() => toggle(type)}
            />
            <span className="min-w-0">
              <span className="block text-ui">{says}</span>
              <span className="block font-mono text-mono text-ink-2 wrap-anywhere">{type}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
