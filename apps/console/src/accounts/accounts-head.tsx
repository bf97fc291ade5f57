import { type Connection, count } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Plus, RefreshCw } from 'lucide-react'
import { PageHead } from '../shell/page-head.tsx'
import { Button } from '../ui/button.tsx'
import { useTestAll } from './use-test.ts'

interface AccountsHeadProps {
  live: readonly Connection[]
  /** How many wait for a person. */
  waiting: number
  /** Something here is connected by credentials: its seats have a page of their own. */
  seats: boolean
  onConnect: () => void
}

export function AccountsHead({ live, waiting, seats, onConnect }: AccountsHeadProps) {
  const all = useTestAll(live)
  const accounts = live.reduce((sum, one) => sum + one.accounts.length, 0)
  if (live.length === 0) return <PageHead title="Accounts">{seats && <SeatsLink />}</PageHead>
  return (
    <PageHead
      title="Accounts"
      summary={
        <>
          {count(live.length, 'connection')}, {count(accounts, 'account')}.{' '}
          {waiting > 0 && <span className="text-bad">{waiting === 1 ? '1 needs you.' : `${waiting} need you.`}</span>}
        </>
      }
    >
      {seats && <SeatsLink />}
      <span className="max-rail:hidden">
        <Button busy={all.busy} onClick={all.run}>
          <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
          {all.busy ? `Testing ${all.done} of ${live.length}` : 'Test all'}
        </Button>
      </span>
      <Button variant="primary" onClick={onConnect}>
        <Plus size={14} strokeWidth={2.25} aria-hidden />
        Connect
      </Button>
    </PageHead>
  )
}

const SeatsLink = () => (
  <Link to="/accounts/seats" className="mooring-button" data-slot="button" data-variant="secondary">
    Seats
  </Link>
)
