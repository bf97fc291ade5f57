import { type Alert, clock, count, moment, type Provider } from '@mooring/react'
import { useState } from 'react'
import { registrationOf } from '../accounts/name-of.ts'
import { SetupSteps } from '../accounts/setup-steps.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface AlertTextProps {
  alert: Alert
  providers: readonly Provider[]
  now: number
}

/** What is refused, since when, when it is tried again, what the platform said, and the way to mend it. */
export function AlertText({ alert, providers, now }: AlertTextProps) {
  const [open, setOpen] = useState(false)
  const provider = providers.find((one) => one.id === alert.provider)
  const registration = registrationOf(provider, alert.registration)
  const due = Date.parse(alert.nextTryAt) <= now
  return (
    <div className="min-w-0 flex-1 text-caption/[17px]">
      <p>
        <b className="font-semibold text-ink">{alert.message.replace(/"([^"]+)"/g, '“$1”')}</b>{' '}
        <span className="text-ink-2">
          Since {moment(alert.since, now)}, {count(alert.times, 'try', 'tries')}.{' '}
          {due ? 'It is tried again when somebody needs it.' : `Next try at ${clock(alert.nextTryAt)}.`} Nobody has to
          reconnect for it.
        </span>
      </p>
      {(alert.operatorDetail ?? alert.providerCode) !== null && (
        <p className="mt-1 font-mono text-floor font-normal wrap-anywhere text-ink-2">
          {[alert.providerCode, alert.operatorDetail].filter(Boolean).join(': ')}
        </p>
      )}
      {registration && (
        <>
          <button
            type="button"
            className="touch mt-1 cursor-pointer rounded-check font-medium text-link hover:underline"
            onClick={() => setOpen(true)}
          >
            How to set it up
          </button>
          <Dialog
            open={open}
            onOpenChange={setOpen}
            title={`Set up ${registration.name}`}
            description="Compare the app at the platform with what this server was started with."
            wide
            reading
          >
            <SetupSteps registration={registration} />
          </Dialog>
        </>
      )}
    </div>
  )
}
