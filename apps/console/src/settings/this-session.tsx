import { useSignOut } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useSignedIn } from '../app/gate.tsx'
import { LINK_COMMAND } from '../entry/signed-out.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { notify } from '../ui/notify.tsx'

export function ThisSession() {
  const { person } = useSignedIn()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const run = () =>
    signOut.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/setup', replace: true }),
      onError: (error) => notify.problem(error, { id: 'sign-out' }),
    })
  return (
    <Card className="flex items-center gap-4 p-4 max-rail:flex-wrap" aria-labelledby="session">
      <div className="min-w-0 flex-1">
        <h2 id="session" className="text-section">
          This browser
        </h2>
        <p className="mt-0.5 text-caption text-ink-2">
          Signed in as {person.name}. To come back later, run <code className="text-ink">{LINK_COMMAND}</code> and open
          the link.
        </p>
      </div>
      <Button busy={signOut.isPending} onClick={run}>
        Sign out
      </Button>
    </Card>
  )
}
