import { useEnter } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { useEntered } from './use-entered.ts'

export interface PasswordFormProps {
  resetByMail: boolean
  onSecondStep: () => void
}

export function PasswordForm({ resetByMail, onSecondStep }: PasswordFormProps) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const entered = useEntered()
  const enter = useEnter((client, input: { email: string; password: string }) =>
    client.session.password(input.email, input.password),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (enter.isPending || email === '' || password === '') return
    enter.mutate(
      { email: email.trim(), password },
      { onSuccess: (answer) => ('secondStep' in answer ? onSecondStep() : entered()) },
    )
  }
  return (
    <form className="grid gap-3" onSubmit={submit}>
      <FormProblem error={enter.error} />
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username webauthn"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button variant="primary" type="submit" busy={enter.isPending} className="w-full">
        Sign in
      </Button>
      {resetByMail && (
        <p className="text-center text-ui">
          <Link to="/forgot-password" className="text-link hover:underline">
            Forgot your password?
          </Link>
        </p>
      )}
    </form>
  )
}
