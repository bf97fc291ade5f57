import { CredentialFlow, type Flow, FlowSheet, useFlow, useSession } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useTitle } from '../../app/use-title.ts'
import { SIGNED_IN_TO } from '../../marks/marks.ts'
import { Tile } from '../../ui/tile.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { useStart } from '../use-start.ts'
import { FlowPage } from './flow-page.tsx'
import { goesOn } from './goes-on.ts'

/** Signing in by credentials. Whoever holds this flow may be here without an account: an agency's client has none. */
export function CredentialsPage({ flowId }: { flowId: string }) {
  const { data: flow } = useFlow(flowId)
  const asker = flow?.credentials?.asker
  useTitle(`Sign in to ${SIGNED_IN_TO.name}`, asker?.name ?? null)
  const session = useSession()
  const navigate = useNavigate()
  const { start } = useStart()
  if (session.isPending) return <Waiting label="Opening the sign-in" />
  const signedIn = session.data !== undefined
  const again = ({ provider, registration, reconnects }: Flow) =>
    start(reconnects === null ? { provider, registration } : { reconnect: reconnects })
  const choose = ({ id }: Flow) =>
    void navigate({ to: '/connect/$flowId/accounts', params: { flowId: id }, replace: true })
  return (
    <FlowPage>
      <FlowSheet asker={asker}>
        <CredentialFlow
          flowId={flowId}
          platform={SIGNED_IN_TO.name}
          mark={<Tile provider={SIGNED_IN_TO.id} name={SIGNED_IN_TO.name} size={44} />}
          heading="h1"
          {...(flow && !goesOn(flow.returnTo, signedIn) ? { onConnected: null } : {})}
          onStartAgain={signedIn ? again : undefined}
          onAccounts={signedIn ? choose : undefined}
        />
      </FlowSheet>
    </FlowPage>
  )
}
