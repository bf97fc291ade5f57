import { type ReactNode, useId, useState } from 'react'
import type { At } from '../../api.ts'
import { type Choice, whenWords } from '../../logic/compose-words.ts'
import { longWall } from '../../logic/wall-time.ts'
import { Button } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { Menu } from '../parts/menu.tsx'
import { WhenSheet } from './when-sheet.tsx'

export interface WhenBarProps {
  choice: Choice
  onChoose: (choice: Choice) => void
  zone: string
  slots: readonly At[]
  /** Of the filled button. */
  label: string
  /** Why it cannot be pressed. */
  hindrance: string | undefined
  /** What a person should know before they press it. */
  note?: ReactNode
  busy: boolean
  onSend: () => void
  second: { label: string; busy: boolean; run: () => void }
}

/** When it goes out, and the buttons that send it on its way. */
export function WhenBar({ choice, onChoose, zone, slots, label, hindrance, note, busy, onSend, second }: WhenBarProps) {
  const [picking, setPicking] = useState(false)
  const noteId = useId()
  const [next] = slots
  const { title, note: where } = whenWords(choice, next)
  return (
    <footer className="mooring-when" data-slot="when-bar">
      <p id={noteId} role="status" className="mooring-when-why" hidden={hindrance === undefined && note === undefined}>
        {hindrance ?? note}
      </p>
      <button type="button" className="mooring-when-time" onClick={() => setPicking(true)}>
        <span className="mooring-hidden">Change when it goes out: </span>
        <span className="mooring-when-icon">
          <Glyph name="calendar-clock" size={17} />
        </span>
        <span className="mooring-when-words">
          <b>{title}</b>
          <small>{where}</small>
        </span>
        <span aria-hidden="true" className="mooring-when-change">
          Change
        </span>
      </button>
      <div className="mooring-when-acts">
        <Button busy={second.busy} onClick={second.run}>
          {second.label}
        </Button>
        <span className="mooring-split">
          <Button
            variant="primary"
            busy={busy}
            blocked={hindrance !== undefined}
            aria-describedby={noteId}
            data-slot="send"
            onClick={onSend}
          >
            {label}
          </Button>
          <Menu
            label="Another time"
            side="above"
            className="mooring-button mooring-split-more"
            entries={[
              { label: 'Post now', icon: <Glyph name="send" />, run: () => onChoose({ how: 'now' }) },
              ...(next
                ? [
                    {
                      label: 'Next free slot',
                      note: longWall(next),
                      icon: <Glyph name="list-end" />,
                      run: () => onChoose({ how: 'slot' }),
                    },
                  ]
                : []),
              { label: 'Pick a time…', icon: <Glyph name="calendar" />, run: () => setPicking(true) },
            ]}
          >
            <Glyph name="chevron-down" size={16} />
          </Menu>
        </span>
      </div>
      {picking && (
        <WhenSheet choice={choice} zone={zone} slots={slots} onChoose={onChoose} onClose={() => setPicking(false)} />
      )}
    </footer>
  )
}
