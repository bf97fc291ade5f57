import { useEnter } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useHashToken } from '../app/use-hash-token.ts'
import { useTitle } from '../app/use-title.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { CardPage } from './card-page.tsx'

const done = async (work: Promise<void>) => {
  await work
  return {}
}

const BackToSignIn = () => (
  <p className="text-center text-ui">
    <Link to="/sign-in" className="text-link hover:underline">
      Back to sign in
    </Link>
  </p>
)

export function ForgotPage() {
  useTitle('Forgot your password')
  const [email, setEmail] = useState('')
  const ask = useEnter((client, address: string) => done(client.session.requestReset(address)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ask.isPending && email !== '') ask.mutate(email.trim())
  }
  if (ask.isSuccess) {
    return (
      <CardPage title="Look into your mail">
        <p>If {email} belongs to somebody here, a letter with a link is on its way. The link works for an hour.</p>
        <BackToSignIn />
      </CardPage>
    )
  }
  return (
    <CardPage title="Forgot your password?">
      <p>We send a link to choose a new one.</p>
      <form className="grid gap-3" onSubmit={submit}>
        <FormProblem error={ask.error} />
        <Field
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button variant="primary" type="submit" busy={ask.isPending} className="w-full">
          Send the link
        </Button>
      </form>
      <BackToSignIn />
    </CardPage>
  )
}

export function ResetPage() {
  useTitle('Choose a new password')
  const token = useHashToken()
  const [password, setPassword] = useState('')
  const reset = useEnter((client, input: { token: string; password: string }) =>
    done(client.session.reset(input.token, input.password)),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!reset.isPending && token !== undefined && password !== '') reset.mutate({ token, password })
  }
  if (reset.isSuccess) {
    return (
      <CardPage title="Your password is changed">
        <p>You are signed out everywhere. Sign in with the new one.</p>
        <BackToSignIn />
      </CardPage>
    )
  }
  if (token === undefined) {
    return (
      <CardPage title="This link is not whole">
        <p>Open the link of the letter again, or ask for a new one.</p>
        <BackToSignIn />
      </CardPage>
    )
  }
  return (
    <CardPage title="Choose a new password">
      <form className="grid gap-3" onSubmit={submit}>
        <FormProblem error={reset.error} />
        <PasswordField label="New password" value={password} onChange={setPassword} fresh />
        <Button variant="primary" type="submit" busy={reset.isPending} className="w-full">
          Change the password
        </Button>
      </form>
    </CardPage>
  )
}
