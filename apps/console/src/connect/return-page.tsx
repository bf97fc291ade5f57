import { useFlow, useProviders, useSession } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isUnauthorized } from '../app/gate.tsx'
import type { ReturnSearch } from '../app/router.tsx'
import { useTitle } from '../app/use-title.ts'
import { ErrorPage } from '../ui/error-page.tsx'
import { notify } from '../ui/notify.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { BackToTerminal } from './back-to-terminal.tsx'
import { failureOf, successSentence } from './outcome.ts'
import { useStart } from './use-start.ts'

/** Where the browser arrives from the platform. It says how it went and moves on to `home`, a path; nobody stays here. */
export function ReturnPage({ search, home = '/accounts' }: { search: ReturnSearch; home?: string }) {
  useTitle('Connecting')
  const session = useSession()
  const signedOut = isUnauthorized(session.error)
  const flow = useFlow(session.data ? search.flow : undefined)
  const providers = useProviders()
  const { start } = useStart(home === '/accounts' ? undefined : home)
  const navigate = useNavigate()
  const fault = session.error ?? flow.error ?? providers.error
  const ready = session.data && providers.data && (search.flow === undefined || flow.data)

  useEffect(() => {
    if (!ready) return
    const done = flow.data
    if (done?.state === 'checkpoint' && search.error === undefined) {
      void navigate({ to: '/connect/$flowId/accounts', params: { flowId: done.id }, replace: true })
      return
    }
    // Strict mode and a reload run this twice: the id makes it one message.
    const id = `flow-${search.flow ?? 'none'}`
    const name = providers.data?.find((one) => one.id === done?.provider)?.name ?? 'The platform'
    if (done?.state === 'connected') {
      notify.ok(successSentence(done, name), { id })
    } else {
      const { message, detail } = failureOf(done, search)
      const again = done && {
        label: 'Try again',
        run: () =>
          start(
            done.reconnects === null
              ? { provider: done.provider, registration: done.registration }
              : { reconnect: done.reconnects },
          ),
      }
      notify.bad(message, { id, detail, ...(again ? { action: again } : {}) })
    }
    void navigate({ href: home, replace: true })
  }, [ready, flow.data, providers.data, search, home, navigate, start])

  if (signedOut)
    return <BackToTerminal failure={search.error === undefined ? undefined : failureOf(undefined, search)} />
  if (fault) return <ErrorPage error={fault} onRetry={() => window.location.reload()} />
  return <Waiting label="Finishing the connection" />
}
