import type { ClipboardEvent } from 'react'
import { piecesOf } from '../../logic/post-pieces.ts'
import { filesIn } from '../../logic/uploads.ts'

interface WriteBoxProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** As `Issue.at`. */
  at: string
  placeholder: string
  /** So many characters fit; the rest is marked. */
  fits?: number | undefined
  onFiles?: ((files: File[]) => void) | undefined
  small?: boolean
  describedBy?: string | undefined
}

/** Grows with its text. Under the words that are typed lie the same words with their addresses and what is too much. */
export function WriteBox({
  label,
  value,
  onChange,
  at,
  placeholder,
  fits,
  onFiles,
  small,
  describedBy,
}: WriteBoxProps) {
  const paste = (event: ClipboardEvent) => {
    const files = filesIn(event.clipboardData)
    if (files.length === 0 || !onFiles) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    <div className="mooring-write" data-size={small ? 'small' : 'large'}>
      <div className="mooring-write-mirror" aria-hidden="true">
        {piecesOf(value, fits).map((piece) => (
          <span key={piece.from} data-kind={piece.kind} data-over={piece.over || undefined}>
            {piece.text}
          </span>
        ))}
        {/* A line that is still empty has its height, too. */}
        {'\u200b'}
      </div>
      <textarea
        aria-label={label}
        aria-describedby={describedBy}
        data-at={at}
        value={value}
        placeholder={placeholder}
        spellCheck
        onPaste={paste}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
