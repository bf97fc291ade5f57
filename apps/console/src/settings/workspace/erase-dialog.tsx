import { type ErasedWorkspace, usePeopleChange } from '@mooring/react'
import { useState } from 'react'
import { forgetWorkspace } from '../../app/chosen-workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogClose } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'

/** The name is typed again: nothing of this is done by a slip. */
export function EraseDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const erase = usePeopleChange((client, wanted: string) => client.workspaces.erase(wanted))
  if (erase.data) return <Done name={name} erased={erase.data} />
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Erase ${name}?`}
      description="Its connections are ended at their platforms. Accounts, history, members and keys are deleted. This cannot be undone."
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Keep it</Button>
          </DialogClose>
          <Button variant="danger" blocked={typed !== name} busy={erase.isPending} onClick={() => erase.mutate(typed)}>
            Erase for good
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <FormProblem error={erase.error} />
        <Field label={`Type ${name} to go on`} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>
    </Dialog>
  )
}

function Done({ name, erased }: { name: string; erased: ErasedWorkspace }) {
  const rows = Object.values(erased.erased).reduce((sum, one) => sum + one, 0)
  const leave = () => {
    forgetWorkspace()
    window.location.assign('/accounts')
  }
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title={`${name} is erased`}
      description={`${rows} rows were deleted, ${erased.remaining} are left.`}
      footer={
        <Button variant="primary" onClick={leave}>
          Go on
        </Button>
      }
    />
  )
}
