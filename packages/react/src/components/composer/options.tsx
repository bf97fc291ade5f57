import { useId } from 'react'
import type { PostFormat, Visibility } from '../../api.ts'
import { useDesk } from './context.ts'

const FORMATS: Record<PostFormat, string> = { feed: 'Post', reel: 'Reel', story: 'Story' }
const AUDIENCES: Record<Visibility, string> = { public: 'Everybody', connections: 'Connections only' }

/** Who sees it and in which form, where a chosen account leaves a choice. */
export function Options() {
  const { content, write, taken } = useDesk()
  const { formats, visibility } = taken
  if (formats.length < 2 && visibility.length < 2) return null
  return (
    <div className="mooring-options" data-slot="composer-options">
      {formats.length > 1 && (
        <Segments
          label="Form"
          at="format"
          names={FORMATS}
          values={formats}
          value={content.format ?? 'feed'}
          onChange={(format) => write({ format: format === 'feed' ? undefined : format })}
        />
      )}
      {visibility.length > 1 && (
        <Segments
          label="Who sees it"
          at="visibility"
          names={AUDIENCES}
          values={visibility}
          value={content.visibility ?? 'public'}
          onChange={(next) => write({ visibility: next === 'public' ? undefined : next })}
        />
      )}
    </div>
  )
}

interface SegmentsProps<T extends string> {
  label: string
  at: string
  names: Record<T, string>
  values: readonly T[]
  value: T
  onChange: (value: T) => void
}

function Segments<T extends string>({ label, at, names, values, value, onChange }: SegmentsProps<T>) {
  const name = useId()
  return (
    <fieldset className="mooring-segments" data-at={at} tabIndex={-1}>
      <legend>{label}</legend>
      <div>
        {values.map((one) => (
          <label key={one}>
            <input type="radio" name={name} value={one} checked={one === value} onChange={() => onChange(one)} />
            <span>{names[one]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
