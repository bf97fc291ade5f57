import type { Flow } from '../../api.ts'
import { useSlow } from '../../hooks/use-slow.ts'
import { Spinner } from './flow-button.tsx'
import { credentialsOf } from './step-props.ts'
import { useLeaving } from './use-leaving.ts'

/** The service's own page in place of this form. */
export function HostedLink({ flow }: { flow: Flow }) {
  const { leave, busy, error } = useLeaving(flow.id)
  const slow = useSlow(busy)
  return (
    <span>
      <button type="button" className="mooring-link" aria-disabled={busy} onClick={busy ? undefined : leave}>
        {slow && <Spinner />} Use {credentialsOf(flow).service}’s own page instead
      </button>
      {error !== undefined && (
        <span role="alert" className="mooring-bad">
          {error}
        </span>
      )}
    </span>
  )
}
