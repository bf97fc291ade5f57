import { CredentialFlow, type Flow, FlowSheet, useFlow, useSession } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useTitle } from '../../app/use-title.ts'
import { SignInMark } from '../../marks/sign-in-mark.tsx'
import { useStart } from '../use-start.ts'
import { LINK_END } from './done-page.tsx'
import { FlowPage } from './flow-page.tsx'

/** Signing in by credentials. Whoever holds this flow may be here without an account: an agency's client has none. */
export function CredentialsPage({ flowId }: { flowId: string }) {
  const { data: flow } = useFlow(flowId)
  const shown = flow?.credentials
  useTitle(shown ? `Sign in to ${shown.platform}` : 'Sign in', shown?.asker.name ?? null)
  const signedIn = useSession().data !== undefined
  const navigate = useNavigate()
  const { start } = useStart()
  const byLink = flow?.returnTo === LINK_END
  const again = ({ provider, registration, reconnects }: Flow) =>
    start(reconnects === null ? { provider, registration } : { reconnect: reconnects })
  const choose = ({ id }: Flow) =>
    void navigate({ to: '/connect/$flowId/accounts', params: { flowId: id }, replace: true })
  return (
    <FlowPage>
      <FlowSheet asker={shown?.asker}>
        <CredentialFlow
          flowId={flowId}
          mark={<SignInMark />}
          heading="h1"
          {...(byLink ? { onConnected: null } : {})}
          onStartAgain={signedIn && !byLink ? again : undefined}
          onAccounts={signedIn && !byLink ? choose : undefined}
        />
      </FlowSheet>
    </FlowPage>
  )
}
