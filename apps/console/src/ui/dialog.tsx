import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the filled one last. */
  footer?: ReactNode
  wide?: boolean
  /** Nothing in its body takes the focus: then the body does, so that a keyboard can scroll it. */
  reading?: boolean
}

/** In the middle on a desk, from the bottom edge on a phone. Its body scrolls, head and buttons stay. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  wide = false,
  reading = false,
}: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-veil data-[state=closed]:animate-leave" />
        <Primitive.Content
          data-slot="dialog"
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={`fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-dialog border border-line bg-card shadow-dialog outline-none data-[state=closed]:animate-leave rail:inset-0 rail:m-auto rail:h-fit rail:max-h-[86dvh] rail:w-[calc(100vw-48px)] rail:rounded-dialog ${wide ? 'rail:max-w-150' : 'rail:max-w-110'}`}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-section">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="mt-1 text-ui text-ink-2">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label="Close" className="-mr-2">
                <X size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          {children !== undefined && (
            <div
              {...(reading ? { tabIndex: 0, role: 'region', 'aria-label': title } : {})}
              className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 -outline-offset-2!"
            >
              {children}
            </div>
          )}
          {footer !== undefined && (
            <footer className="flex justify-end gap-2 border-t border-line px-5 pt-3 pb-[calc(12px+env(safe-area-inset-bottom))] max-rail:flex-col-reverse">
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export const DialogClose = Primitive.Close
