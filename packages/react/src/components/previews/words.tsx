import { type ReactNode, useState } from 'react'
import { piecesOf } from '../../logic/post-pieces.ts'

interface WordsProps {
  text: string
  fits?: number | undefined
  /** The network shows so many characters, and the rest after a press. */
  folded?: number | undefined
  /** How it calls that press. */
  more?: string
}

/** A post's text as a network shows it: addresses, tags and names in its colour, what is too much struck. */
export function Words({ text, fits, folded, more = '…more' }: WordsProps) {
  const [open, setOpen] = useState(false)
  const long = folded !== undefined && !open && [...text].length > folded
  const shown = long ? `${[...text].slice(0, folded).join('').trimEnd()} ` : text
  if (text === '') return null
  return (
    <p className="mooring-shot-words">
      {piecesOf(shown, fits).map((piece): ReactNode => {
        if (piece.kind === 'plain' && !piece.over) return piece.text
        return (
          <span key={piece.from} data-kind={piece.kind} data-over={piece.over || undefined}>
            {piece.text}
          </span>
        )
      })}
      {long && (
        <button type="button" onClick={() => setOpen(true)}>
          {more}
        </button>
      )}
    </p>
  )
}
