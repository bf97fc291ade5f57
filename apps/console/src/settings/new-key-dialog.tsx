import { type ApiKeyScope, DAY, useCreateApiKey } from '@mooring/react'
import { TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog, DialogClose } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { messageOf } from '../ui/notify.tsx'
import { ScopeBoxes } from './scope-boxes.tsx'
import { isOfServer } from './scopes.ts'

type Reach = 'server' | 'workspace'
type Days = '30' | '90' | '365' | 'none'

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateApiKey()
  const formId = useId()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly ApiKeyScope[]>(['connections:read'])
  const [reach, setReach] = useState<Reach>('server')
  const [days, setDays] = useState<Days>('90')
  const [tried, setTried] = useState(false)
  const { workspace } = useSignedIn()
  if (create.data) return <ShownOnce value={create.data.key} name={create.data.name} onClose={onClose} />
  const nameMissing = name.trim() === ''
  const choose = (next: Reach) => {
    setReach(next)
    if (next === 'workspace') setScopes(scopes.filter((one) => !isOfServer(one)))
  }
  const submit = () => {
    setTried(true)
    if (nameMissing || scopes.length === 0 || create.isPending) return
    create.mutate({
      name: name.trim(),
      scopes: [...scopes],
      workspaceId: reach === 'workspace' ? workspace.id : null,
      expiresAt: days === 'none' ? null : new Date(Date.now() + Number(days) * DAY).toISOString(),
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New API key"
      description="For a program of yours. Give it no more than it needs."
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button variant="primary" type="submit" form={formId} busy={create.isPending}>
            Make the key
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-4 pt-1"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {create.isError && (
          <div role="alert">
            <Banner tone="bad" icon={TriangleAlert} message={messageOf(create.error)} />
          </div>
        )}
        <Field
          label="Name"
          placeholder="Website"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={tried && nameMissing ? 'Give it a name, so that you know it again.' : undefined}
        />
        <div className="grid gap-4 rail:grid-cols-2">
          <Choice label="For" value={reach} onChange={choose}>
            <option value="server">The whole server</option>
            <option value="workspace">{workspace.name} alone</option>
          </Choice>
          <Choice label="Ends" value={days} onChange={setDays}>
            <option value="30">In 30 days</option>
            <option value="90">In 90 days</option>
            <option value="365">In a year</option>
            <option value="none">Not by itself</option>
          </Choice>
        </div>
        <ScopeBoxes
          chosen={scopes}
          onChange={setScopes}
          missing={tried && scopes.length === 0}
          without={reach === 'workspace' ? isOfServer : undefined}
        />
      </form>
    </Dialog>
  )
}

/** It closes by its button only: a stray click must not lose a key that nobody can show again. */
function ShownOnce({ value, name, onClose }: { value: string; name: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title={`The key for ${name}`}
      description="Copy it now. It is not shown again; only its hash is stored."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <CopyField value={value} label="Copy the key" />
    </Dialog>
  )
}
