import { type Me, usePeopleChange } from '@mooring/react'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.tsx'
import { Row } from '../row.tsx'

/** `letters`: this server sends some, so an address can be confirmed. */
export function AddressRow({ me, letters, onChange }: { me: Me; letters: boolean; onChange: () => void }) {
  const ask = usePeopleChange((client, _: undefined) => client.me.askLetter())
  const waiting = me.newEmail ?? (me.emailConfirmed ? null : me.email)
  const run = () =>
    ask.mutate(undefined, {
      onSuccess: () =>
        notify.ok(`A letter is on its way to ${waiting}. Open its link in this browser.`, { id: 'letter' }),
      onError: (error) => notify.problem(error, { id: 'letter' }),
    })
  return (
    <Row
      title="Name and e-mail"
      action={
        <>
          {letters && waiting !== null && (
            <Button busy={ask.isPending} onClick={run}>
              {me.newEmail === null ? 'Confirm' : 'Send again'}
            </Button>
          )}
          <Button onClick={onChange}>Change</Button>
        </>
      }
    >
      {me.name}
      {me.email === null ? ', no e-mail address yet' : `, ${me.email}`}
      {letters && me.newEmail !== null && (
        <span className="block text-warn">{me.newEmail} counts once you open the letter that was sent there.</span>
      )}
      {letters && me.newEmail === null && me.email !== null && !me.emailConfirmed && (
        <span className="block text-warn">
          Not confirmed. Until it is, a new password by letter removes your passkeys and your second step.
        </span>
      )}
    </Row>
  )
}
