import { type ReactNode, useId } from 'react'
import { IconButton } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'

interface PieceProps {
  title: string
  at: string
  removes: string
  onRemove: () => void
  aside?: ReactNode
  children: ReactNode
}

/** A part of the post beside its text. */
export function Piece({ title, at, removes, onRemove, aside, children }: PieceProps) {
  const id = useId()
  return (
    <section className="mooring-piece" aria-labelledby={id} data-piece={at}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
        <IconButton label={removes} onClick={onRemove}>
          <Glyph name="trash" size={14} />
        </IconButton>
      </header>
      {children}
    </section>
  )
}

interface EntryProps {
  label: string
  at: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'url'
  inputMode?: 'url'
  placeholder?: string
}

export function Entry({ label, at, value, onChange, ...rest }: EntryProps) {
  const id = useId()
  return (
    <div className="mooring-entry">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        data-at={at}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
    </div>
  )
}
