import { type Me, useMe, useSignInWays } from '@mooring/react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { Row } from '../row.tsx'
import { AddressRow } from './address-row.tsx'
import { EndTotpDialog, StartTotpDialog } from './authenticator.tsx'
import { EmailDialog, PasswordDialog } from './dialogs.tsx'
import { LinkOidc } from './link-oidc.tsx'
import { Passkeys } from './passkeys.tsx'

type Open = 'email' | 'password' | 'start-totp' | 'end-totp'

export function HowISignIn() {
  const me = useMe()
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <Card aria-labelledby="how-i-sign-in" data-slot="how-i-sign-in">
      <header className="border-b border-line px-4 py-3.5">
        <h2 id="how-i-sign-in" className="text-section">
          How you sign in
        </h2>
      </header>
      {me.data ? (
        <Rows me={me.data} open={setOpen} />
      ) : me.isError ? (
        <ErrorPanel error={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <div aria-busy="true" className="grid gap-6 px-4 py-5">
          <p role="status" className="sr-only">
            Loading how you sign in
          </p>
          <Bone className="h-4 w-2/5" />
          <Bone className="h-4 w-1/3" />
          <Bone className="h-4 w-2/5" />
        </div>
      )}
      {me.data && open === 'email' && <EmailDialog me={me.data} onClose={close} />}
      {me.data && open === 'password' && <PasswordDialog me={me.data} onClose={close} />}
      {me.data && open === 'start-totp' && <StartTotpDialog me={me.data} onClose={close} />}
      {me.data && open === 'end-totp' && <EndTotpDialog me={me.data} onClose={close} />}
    </Card>
  )
}

function Rows({ me, open }: { me: Me; open: (which: Open) => void }) {
  const ways = useSignInWays()
  return (
    <>
      <AddressRow me={me} letters={ways.data?.resetByMail ?? false} onChange={() => open('email')} />
      <Row
        title="Password"
        action={
          <Button blocked={me.email === null} onClick={() => open('password')}>
            {me.hasPassword ? 'Change' : 'Set a password'}
          </Button>
        }
      >
        {me.hasPassword
          ? 'Set.'
          : me.email === null
            ? 'Not set. Give your e-mail address first: it is what you sign in with.'
            : 'Not set. Until then you need the link that the terminal prints.'}
      </Row>
      <Row
        title="Authenticator app"
        action={
          me.twoFactor ? (
            <Button onClick={() => open('end-totp')}>Turn off</Button>
          ) : (
            <Button blocked={!me.hasPassword} onClick={() => open('start-totp')}>
              Set up
            </Button>
          )
        }
      >
        {me.twoFactor
          ? 'On. A code is asked for after your password.'
          : me.hasPassword
            ? 'Off. With it, a stolen password alone opens nothing.'
            : 'Off. Set a password first: the code is asked for after it.'}
      </Row>
      <Passkeys me={me} />
      {ways.data?.oidc && <LinkOidc name={ways.data.oidc} me={me} />}
    </>
  )
}
