import { useEnter } from '@mooring/react'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { KeyRound, LogIn } from 'lucide-react'
import { askPasskey } from '../app/passkeys.ts'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { useEntered } from './use-entered.ts'

/** A passkey, where the browser knows them, and the company's own sign-in, where it is set up. */
export function OtherWays({ oidc }: { oidc: string | null }) {
  const entered = useEntered()
  const passkey = useEnter(async (client, _: undefined) =>
    client.session.passkey(await askPasskey(await client.session.passkeyOptions())),
  )
  const elsewhere = useEnter((client, _: undefined) => client.session.oidc())
  return (
    <div className="grid gap-2">
      <p className="flex items-center gap-3 text-caption text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      <FormProblem error={passkey.error ?? elsewhere.error} />
      {browserSupportsWebAuthn() && (
        <Button
          className="w-full"
          busy={passkey.isPending}
          onClick={() => passkey.mutate(undefined, { onSuccess: entered })}
        >
          <KeyRound size={14} aria-hidden />
          Use a passkey
        </Button>
      )}
      {oidc !== null && (
        <Button
          className="w-full"
          busy={elsewhere.isPending || elsewhere.isSuccess}
          onClick={() => elsewhere.mutate(undefined, { onSuccess: ({ url }) => window.location.assign(url) })}
        >
          <LogIn size={14} aria-hidden />
          Go on with {oidc}
        </Button>
      )}
    </div>
  )
}
