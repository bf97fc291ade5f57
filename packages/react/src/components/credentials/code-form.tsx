import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useVerifyCheckpoint } from '../../hooks/credentials.ts'
import { codeSentence } from '../../logic/credential-words.ts'
import { codeOf } from '../../logic/typed.ts'
import { Icon } from '../icon.tsx'
import { AttemptClock } from './attempt-clock.tsx'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { OtherWays } from './other-ways.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { TextField } from './text-field.tsx'

/** One field: a code is pasted, filled in by the phone, or typed, and sent by Enter or the button. */
export function CodeForm({ flow, mark, heading, username }: StepProps) {
  const { method, platform, attemptEndsAt } = credentialsOf(flow)
  const verify = useVerifyCheckpoint(flow.id)
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | undefined>(undefined)
  const input = useRef<HTMLInputElement>(null)
  const alertId = useId()
  useEffect(() => input.current?.focus(), [])
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (verify.isPending) return
    const typed = codeOf(code)
    setFault('fault' in typed ? typed.fault : undefined)
    if ('fault' in typed) return input.current?.focus()
    verify.mutate(
      { code: typed.value },
      {
        onSuccess: () => {
          setCode('')
          input.current?.focus()
        },
      },
    )
  }
  return (
    <form data-slot="two-factor-form" className="mooring-flow" method="post" noValidate onSubmit={send}>
      <FlowHead title="Enter your code" mark={mark} heading={heading}>
        {codeSentence(method, platform)}
        {username && (
          <>
            {' '}
            You sign in as <b>{username}</b>.
          </>
        )}
      </FlowHead>
      <FlowAlert id={alertId} message={verify.isPending ? undefined : (verify.error?.message ?? flow.error?.message)} />
      <TextField
        ref={input}
        label="Code"
        name="code"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        maxLength={12}
        placeholder="000000"
        data-look="code"
        required
        value={code}
        told={flow.error === null ? undefined : alertId}
        error={fault}
        onChange={(event) => {
          setCode(event.target.value)
          setFault(undefined)
        }}
      />
      <FlowButton type="submit" busy={verify.isPending}>
        {verify.isPending ? 'Verifying…' : 'Verify'}
      </FlowButton>
      {flow.checkpoint === 'code_or_approval' && (
        <div className="mooring-flow-note" data-tone="plain">
          <Icon name="smartphone" size={16} />
          <p>
            <b>Or open {platform} on your phone and tap Yes.</b> We notice by ourselves.
          </p>
        </div>
      )}
      <AttemptClock until={attemptEndsAt} code />
      <OtherWays flow={flow} />
    </form>
  )
}
