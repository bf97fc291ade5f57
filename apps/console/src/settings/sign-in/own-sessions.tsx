import { ago, type OwnSession, shortDate, useOwnSessions, usePeopleChange, useSignOut } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { browserName } from '../../app/browser-name.ts'
import { forgetWorkspace } from '../../app/chosen-workspace.ts'
import { useNow } from '../../app/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { notify } from '../../ui/notify.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { Row } from '../row.tsx'

export function OwnSessions() {
  const sessions = useOwnSessions()
  const endOthers = usePeopleChange((client, _: undefined) => client.me.endOtherSessions())
  const run = () =>
    endOthers.mutate(undefined, {
      onSuccess: ({ ended }) =>
        notify.ok(ended === 1 ? 'One other browser is signed out.' : `${ended} other browsers are signed out.`, {
          id: 'sessions',
        }),
      onError: (error) => notify.problem(error, { id: 'sessions' }),
    })
  return (
    <Card aria-labelledby="own-sessions" data-slot="own-sessions">
      <header className="flex items-center gap-2.5 border-b border-line py-3.5 pr-4 pl-4">
        <h2 id="own-sessions" className="flex-1 text-section">
          Where you are signed in
        </h2>
        {sessions.data && sessions.data.length > 1 && (
          <Button size="small" busy={endOthers.isPending} onClick={run}>
            Sign out everywhere else
          </Button>
        )}
      </header>
      {sessions.data ? (
        sessions.data.map((one) => <One key={one.id} session={one} />)
      ) : sessions.isError ? (
        <ErrorPanel error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <div aria-busy="true" className="px-4 py-5">
          <p role="status" className="sr-only">
            Loading where you are signed in
          </p>
          <Bone className="h-4 w-2/5" />
        </div>
      )}
    </Card>
  )
}

function One({ session }: { session: OwnSession }) {
  const now = useNow()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const end = usePeopleChange((client, id: string) => client.me.endSession(id))
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess: () => {
        forgetWorkspace()
        void navigate({ to: '/sign-in', replace: true })
      },
      onError: (error) => notify.problem(error, { id: 'sign-out' }),
    })
  const name = browserName(session.browser)
  return (
    <Row
      title={session.current ? `${name}, this browser` : name}
      action={
        session.current ? (
          <Button busy={signOut.isPending} onClick={leave}>
            Sign out
          </Button>
        ) : (
          <Button
            busy={end.isPending}
            aria-label={`Sign out ${name}`}
            onClick={() =>
              end.mutate(session.id, { onError: (error) => notify.problem(error, { id: `session-${session.id}` }) })
            }
          >
            Sign out
          </Button>
        )
      }
    >
      Since {shortDate(session.startedAt, now)}
      {!session.current && `, last used ${ago(session.usedAt, now)}`}
      {session.address !== null && `, from ${session.address}`}
    </Row>
  )
}
