import { type InvitationSeen, useEnter, useMooring, useSession } from '@mooring/react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useHashToken } from '../app/use-hash-token.ts'
import { useTitle } from '../app/use-title.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { messageOf } from '../ui/notify.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { Username } from '../ui/username.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { CardPage } from './card-page.tsx'
import { SignInPage } from './sign-in-page.tsx'

export function InvitationPage() {
  useTitle('Invitation')
  const token = useHashToken()
  const client = useMooring()
  const seen = useQuery({
    queryKey: ['mooring', 'invitation', token],
    queryFn: () => client.session.invitation(token ?? ''),
    enabled: token !== undefined,
    retry: false,
  })
  if (token !== undefined && seen.data) return <Accept token={token} seen={seen.data} />
  if (token === undefined || seen.isError) {
    return (
      <CardPage title="This invitation is over">
        <p>{seen.isError ? messageOf(seen.error) : 'Open the link of the invitation again.'}</p>
      </CardPage>
    )
  }
  return <Waiting label="Opening the invitation" />
}

function Accept({ token, seen }: { token: string; seen: InvitationSeen }) {
  const session = useSession()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const accept = useEnter((client, input: { name?: string; password?: string }) => client.session.accept(token, input))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (accept.isPending) return
    accept.mutate(seen.known ? {} : { name: name.trim(), password }, {
      onSuccess: () => void navigate({ to: '/accounts', replace: true }),
    })
  }
  const here = session.data?.person.email
  if (seen.known && here !== seen.email) {
    if (here === undefined || here === null)
      return <SignInPage notice={`Sign in as ${seen.email}. Then you join ${seen.workspace}.`} />
    return (
      <CardPage title={`An invitation for ${seen.email}`}>
        <p>
          You are signed in as {here}. Sign out, sign in as {seen.email}, and open the invitation again.
        </p>
      </CardPage>
    )
  }
  return (
    <CardPage title={`Join ${seen.workspace}`}>
      <p>
        {seen.invitedBy} invites {seen.email} as <b className="font-semibold text-ink">{seen.role}</b>.
      </p>
      <form className="grid gap-3" onSubmit={submit}>
        <FormProblem error={accept.error} />
        {!seen.known && (
          <>
            <Username email={seen.email} />
            <Field
              label="Your name"
              name="name"
              autoComplete="name"
              maxLength={100}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <PasswordField label="Choose a password" value={password} onChange={setPassword} fresh />
          </>
        )}
        <Button variant="primary" type="submit" busy={accept.isPending} className="w-full">
          Join {seen.workspace}
        </Button>
      </form>
    </CardPage>
  )
}
