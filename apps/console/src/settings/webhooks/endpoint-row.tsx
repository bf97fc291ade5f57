import { longDate, Pill, useWebhookChange, type Webhook } from '@mooring/react'
import { CloudOff, Pause, Pencil, Trash2 } from 'lucide-react'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/notify.tsx'
import { Deliveries } from './deliveries.tsx'
import { faultOf } from './words.ts'

interface EndpointRowProps {
  webhook: Webhook
  onChange: () => void
  onRemove: () => void
}

export function EndpointRow({ webhook, onChange, onRemove }: EndpointRowProps) {
  const { id, url, events } = webhook
  const { host } = new URL(url)
  const test = useWebhookChange((client, which: string) => client.webhooks.test(which))
  const pause = useWebhookChange((client, paused: boolean) => client.webhooks.change(id, { paused }))
  const paused = webhook.pausedAt !== null
  const told = { id: `webhook-${id}` }
  const run = () =>
    test.mutate(id, {
      onSuccess: (found) =>
        found.ok
          ? notify.ok(`The test arrived at ${host}.`, told)
          : notify.bad(`The test did not arrive at ${host}. ${faultOf(found)}`, told),
      onError: (error) => notify.problem(error, told),
    })
  const toggle = () =>
    pause.mutate(!paused, {
      onSuccess: () => notify.ok(paused ? 'What was held goes out now.' : 'What happens now is held.', told),
      onError: (error) => notify.problem(error, told),
    })
  return (
    <section
      aria-label={`Endpoint ${host}`}
      data-slot="endpoint"
      className="grid gap-2.5 border-b border-line px-4 py-3 last:border-0"
    >
      <div className="flex items-start gap-3 max-rail:flex-wrap">
        <div className="min-w-0 flex-1 max-rail:basis-full">
          <h3 className="flex flex-wrap items-center gap-2 text-ui font-medium">
            <span className="font-mono text-mono wrap-anywhere">{url}</span>
            <StatePill webhook={webhook} />
          </h3>
          <p className="mt-0.5 text-caption text-ink-2">
            {events === null ? 'Hears all news' : `Hears ${events.length} kinds of events`}, since{' '}
            {longDate(webhook.createdAt)}
          </p>
        </div>
        <div className="flex flex-none flex-wrap items-center gap-1.5">
          <Button size="small" busy={test.isPending} onClick={run}>
            Send a test
          </Button>
          <Button size="small" busy={pause.isPending} onClick={toggle}>
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <IconButton label={`Change the endpoint ${host}`} onClick={onChange}>
            <Pencil size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <IconButton label={`Remove the endpoint ${host}`} onClick={onRemove}>
            <Trash2 size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      </div>
      <Trouble webhook={webhook} />
      <details>
        <summary className="touch w-fit cursor-pointer rounded-check text-caption font-medium text-link">
          What was told there
        </summary>
        <div className="mt-1">
          <Deliveries webhook={webhook} />
        </div>
      </details>
    </section>
  )
}

function StatePill({ webhook }: { webhook: Webhook }) {
  if (webhook.state === 'paused')
    return (
      <Pill tone="idle" icon="minus">
        Paused
      </Pill>
    )
  if (webhook.state === 'failing')
    return (
      <Pill tone="warn" icon="cloud-off">
        Failing
      </Pill>
    )
  return (
    <Pill tone="ok" icon="circle-check">
      Active
    </Pill>
  )
}

function Trouble({ webhook }: { webhook: Webhook }) {
  if (webhook.pausedWhy === 'failing' || webhook.pausedWhy === 'gone')
    return (
      <Banner
        tone="bad"
        icon={Pause}
        message={
          webhook.pausedWhy === 'gone'
            ? 'It said that it is gone. What happens is held for 30 days. Resume it when it is back.'
            : 'Nothing arrived for three days. What happens is held for 30 days. Resume it when it is back.'
        }
      />
    )
  if (webhook.state !== 'failing') return null
  return (
    <Banner
      tone="warn"
      icon={CloudOff}
      message="Nothing arrives there now. Each message is tried again for three days."
    />
  )
}
