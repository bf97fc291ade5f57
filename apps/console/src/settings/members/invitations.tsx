import { type Invitation, inDays, usePeopleChange } from '@mooring/react'
import { useNow } from '../../app/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { notify } from '../../ui/notify.tsx'
import { Row } from '../row.tsx'
import { labelOf } from './roles.ts'

export function Invitations({ invitations }: { invitations: readonly Invitation[] }) {
  return (
    <Card aria-labelledby="invitations" data-slot="invitations">
      <header className="border-b border-line px-4 py-3.5">
        <h2 id="invitations" className="text-section">
          Invited
        </h2>
      </header>
      {invitations.map((one) => (
        <One key={one.id} invitation={one} />
      ))}
    </Card>
  )
}

function One({ invitation }: { invitation: Invitation }) {
  const now = useNow()
  const withdraw = usePeopleChange((client, id: string) => client.invitations.withdraw(id))
  const run = () =>
    withdraw.mutate(invitation.id, {
      onSuccess: () => notify.ok(`The invitation for ${invitation.email} is withdrawn.`, { id: invitation.id }),
      onError: (error) => notify.problem(error, { id: invitation.id }),
    })
  return (
    <Row
      title={invitation.email}
      action={
        <Button busy={withdraw.isPending} aria-label={`Withdraw the invitation for ${invitation.email}`} onClick={run}>
          Withdraw
        </Button>
      }
    >
      {labelOf(invitation.role)}, by {invitation.invitedBy}, ends {inDays(invitation.expiresAt, now)}
    </Row>
  )
}
