import { type Me, type Passkey, shortDate, usePeopleChange } from '@mooring/react'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { Trash2 } from 'lucide-react'
import { browserName } from '../../app/browser-name.ts'
import { makePasskey } from '../../app/passkeys.ts'
import { useNow } from '../../app/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/notify.tsx'
import { Row } from '../row.tsx'

export function Passkeys({ me }: { me: Me }) {
  const add = usePeopleChange(async (client, name: string) =>
    client.me.addPasskey(await makePasskey(await client.me.passkeyOptions()), name),
  )
  const run = () =>
    add.mutate(browserName(navigator.userAgent), {
      onSuccess: () => notify.ok('The passkey is added. It signs you in by itself.', { id: 'passkey' }),
      onError: (error) => notify.problem(error, { id: 'passkey' }),
    })
  return (
    <Row
      title="Passkeys"
      action={
        browserSupportsWebAuthn() && (
          <Button busy={add.isPending} onClick={run}>
            Add a passkey
          </Button>
        )
      }
    >
      {me.passkeys.length === 0 ? (
        'None. A fingerprint, a face or a security key in place of the password.'
      ) : (
        <ul className="mt-1 grid gap-1" aria-label="Passkeys">
          {me.passkeys.map((one) => (
            <OnePasskey key={one.id} passkey={one} />
          ))}
        </ul>
      )}
    </Row>
  )
}

function OnePasskey({ passkey }: { passkey: Passkey }) {
  const now = useNow()
  const remove = usePeopleChange((client, id: string) => client.me.removePasskey(id))
  const run = () =>
    remove.mutate(passkey.id, {
      onSuccess: () => notify.ok(`The passkey ${passkey.name} is removed.`, { id: `passkey-${passkey.id}` }),
      onError: (error) => notify.problem(error, { id: `passkey-${passkey.id}` }),
    })
  return (
    <li className="flex items-center gap-2">
      <span className="min-w-0 text-ink">
        {passkey.name}, since {shortDate(passkey.createdAt, now)}
      </span>
      <IconButton label={`Remove the passkey ${passkey.name}`} onClick={run}>
        <Trash2 size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  )
}
