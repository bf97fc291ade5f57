import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogClose } from './dialog.tsx'

export interface AskDialogProps {
  title: string
  description: ReactNode
  /** The button that does it. */
  action: string
  /** The one that does not. */
  keep?: string
  tone?: 'primary' | 'danger'
  busy: boolean
  onRun: () => void
  onClose: () => void
  children?: ReactNode
}

/** Asks once more before something that cannot be taken back. */
export function AskDialog(props: AskDialogProps) {
  const { title, description, action, keep = 'Cancel', tone = 'danger', busy, onRun, onClose, children } = props
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">{keep}</Button>
          </DialogClose>
          <Button variant={tone} busy={busy} onClick={onRun}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
