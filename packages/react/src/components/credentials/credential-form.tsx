import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useSubmitCredentials } from '../../hooks/credentials.ts'
import { triesSentence } from '../../logic/credential-words.ts'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { HostedLink } from './hosted-link.tsx'
import { PasswordField } from './password-field.tsx'
import { PasswordPromise } from './password-promise.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { TextField } from './text-field.tsx'
import { UnverifiedNote } from './unverified-note.tsx'

export interface CredentialFormProps extends StepProps {
  onUsername?: (username: string) => void
  /** Stands between the heading and the fields. */
  children?: ReactNode
}

/** E-mail and password, in a form that password managers know. */
export function CredentialForm(props: CredentialFormProps) {
  const { flow, mark, heading, username: before = '', onUsername, children } = props
  const credentials = credentialsOf(flow)
  const { platform } = credentials
  const submit = useSubmitCredentials(flow.id)
  const [username, setUsername] = useState(before)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  const secret = useRef<HTMLInputElement>(null)
  const alertId = useId()
  const other = flow.error?.code === 'wrong_identity'

  const first = useRef(() => {})
  first.current = () => (name.current?.value === '' || other ? name : secret).current?.focus()
  useEffect(() => first.current(), [])

  const send = (event: FormEvent) => {
    event.preventDefault()
    if (submit.isPending) return
    setTried(true)
    if (username.trim() === '' || password === '') return first.current()
    onUsername?.(username.trim())
    submit.mutate(
      { username: username.trim(), password },
      {
        onSuccess: () => {
          setPassword('')
          setTried(false)
          first.current()
        },
      },
    )
  }
  // The time of a cool-down that is over is no news.
  const refused = credentials.attemptsAgainAt === null ? flow.error?.message : undefined
  const message = submit.isPending ? undefined : (submit.error?.message ?? refused)
  const tries = triesSentence(credentials.attemptsLeft)
  return (
    <form data-slot="credential-form" className="mooring-flow" method="post" noValidate onSubmit={send}>
      <FlowHead
        title={`Sign in to ${platform}${flow.reconnects === null ? '' : ' again'}`}
        mark={mark}
        heading={heading}
      >
        {flow.reconnects === null
          ? `${credentials.asker.name} works from your own ${platform}. `
          : `Your sign-in at ${platform} ended. `}
        Have your phone near, {platform} usually asks for a code.
      </FlowHead>
      {children}
      <UnverifiedNote sentence={credentials.unverified} />
      <FlowAlert id={alertId} message={message} />
      <TextField
        ref={name}
        label="E-mail or phone"
        name="username"
        type="text"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        value={username}
        told={other ? alertId : undefined}
        onChange={(event) => setUsername(event.target.value)}
        error={tried && username.trim() === '' ? `Type what you sign in to ${platform} with.` : undefined}
      />
      <PasswordField
        ref={secret}
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        told={message === undefined || other ? undefined : alertId}
        onChange={(event) => setPassword(event.target.value)}
        error={tried && username.trim() !== '' && password === '' ? 'Type your password.' : undefined}
      />
      <PasswordPromise credentials={credentials} />
      <FlowButton type="submit" busy={submit.isPending}>
        {submit.isPending ? 'Signing in…' : 'Sign in'}
      </FlowButton>
      {(tries !== null || credentials.ways.hosted) && (
        <footer className="mooring-flow-foot">
          {credentials.ways.hosted && <HostedLink flow={flow} />}
          {tries !== null && <p>{tries}</p>}
        </footer>
      )}
    </form>
  )
}
