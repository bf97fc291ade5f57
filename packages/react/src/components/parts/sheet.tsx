import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import { Glyph } from './glyph.tsx'

export interface SheetProps {
  title: string
  description?: ReactNode
  onClose: () => void
  children?: ReactNode
  /** Buttons, the filled one last. */
  footer?: ReactNode
  wide?: boolean
}

/** In the middle on a desk, from the bottom edge on a phone. The browser keeps the focus in it, and gives it back. */
export function Sheet({ title, description, onClose, children, footer, wide = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Closed before it leaves the page, or the focus would not find its way back.
  useLayoutEffect(() => {
    const here = dialog.current
    here?.showModal()
    return () => here?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, by `onCancel`
    <dialog
      ref={dialog}
      data-slot="sheet"
      data-wide={wide}
      className="mooring-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="mooring-dialog-inside">
        <header>
          <div>
            <h2 id={titleId}>{title}</h2>
            {description !== undefined && <p>{description}</p>}
          </div>
          <IconButton label="Close" onClick={onClose}>
            <Glyph name="x" size={16} />
          </IconButton>
        </header>
        {children !== undefined && <div className="mooring-dialog-body">{children}</div>}
        {footer !== undefined && <footer>{footer}</footer>}
      </div>
    </dialog>
  )
}
