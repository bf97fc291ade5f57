import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface MenuEntry {
  label: string
  /** A second line. */
  note?: string | undefined
  icon: ReactNode
  tone?: 'bad'
  run: () => void
}

interface MenuProps {
  label: string
  entries: readonly MenuEntry[]
  className: string
  /** Where it opens. */
  side?: 'below' | 'above'
  children: ReactNode
}

/** A button with a list of deeds below or above it. */
export function Menu({ label, entries, className, side = 'below', children }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const close = (back: boolean) => {
    setOpen(false)
    if (back) trigger.current?.focus()
  }
  useEffect(() => {
    if (!open) return
    itemsOf(box.current)[0]?.focus()
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  const onKeys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close(true)
    else if (event.key === 'Tab') return close(false)
    else if (!step(box.current, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={box} className="mooring-menu-box">
      <button
        ref={trigger}
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        className={className}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          data-side={side}
          className="mooring-menu"
          onKeyDown={onKeys}
        >
          {entries.map((one) => (
            <button
              key={one.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-tone={one.tone}
              onClick={() => {
                close(true)
                one.run()
              }}
            >
              {one.icon}
              <span>
                {one.label}
                {one.note !== undefined && <small>{one.note}</small>}
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

const itemsOf = (box: HTMLElement | null) => [...(box?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]

/** Moves the focus; false where the key is none of ours. */
function step(box: HTMLElement | null, key: string): boolean {
  const items = itemsOf(box)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[key]
  if (to === undefined) return false
  items[(to + items.length) % items.length]?.focus()
  return true
}
