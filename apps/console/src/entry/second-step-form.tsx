import { type SecondStep, useEnter } from '@mooring/react'
import { type FormEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { useEntered } from './use-entered.ts'

export function SecondStepForm({ onBack }: { onBack: () => void }) {
  const [kind, setKind] = useState<SecondStep['kind']>('totp')
  const [code, setCode] = useState('')
  const [remember, setRemember] = useState(false)
  const entered = useEntered()
  const enter = useEnter((client, step: SecondStep) => client.session.secondStep(step))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (enter.isPending || code.trim() === '') return
    enter.mutate({ kind, code: code.trim(), remember }, { onSuccess: entered })
  }
  const totp = kind === 'totp'
  return (
    <form className="grid gap-3" onSubmit={submit}>
      <p>
        {totp ? 'Type the code that your authenticator app shows.' : 'Type one of your backup codes. Each works once.'}
      </p>
      <FormProblem error={enter.error} />
      <Field
        key={kind}
        label={totp ? 'Code' : 'Backup code'}
        name="code"
        inputMode={totp ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        maxLength={totp ? 8 : 20}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <label className="flex items-center gap-2 text-ui text-ink">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={remember}
          onChange={(event) => setRemember(event.target.checked)}
        />
        Do not ask this browser for 30 days
      </label>
      <Button variant="primary" type="submit" busy={enter.isPending} className="w-full">
        Go on
      </Button>
      <div className="flex justify-between gap-2 max-rail:flex-col">
        <Button
          variant="ghost"
          size="small"
          onClick={() => {
            setKind(totp ? 'backup' : 'totp')
            setCode('')
            enter.reset()
          }}
        >
          {totp ? 'Use a backup code' : 'Use the authenticator app'}
        </Button>
        <Button variant="ghost" size="small" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  )
}
