import { moment, useWebhookChange, useWebhookDeliveries, type Webhook, type WebhookDelivery } from '@mooring/react'
import { CircleCheck, CircleX, Clock, type LucideIcon, Pause, RotateCcw } from 'lucide-react'
import { useNow } from '../../app/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { notify } from '../../ui/notify.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { standing } from './words.ts'

const LOOK: Record<WebhookDelivery['state'], { icon: LucideIcon; tone: string }> = {
  delivered: { icon: CircleCheck, tone: 'text-ok' },
  failed: { icon: CircleX, tone: 'text-bad' },
  waiting: { icon: Clock, tone: 'text-ink-2' },
  held: { icon: Pause, tone: 'text-ink-2' },
}

/** The last that was told there, the newest first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const deliveries = useWebhookDeliveries(webhook.id)
  if (deliveries.isError) return <ErrorPanel error={deliveries.error} onRetry={() => void deliveries.refetch()} />
  if (!deliveries.data)
    return (
      <div aria-busy="true" className="py-2">
        <p role="status" className="sr-only">
          Loading what was told
        </p>
        <Bone className="h-4 w-1/2" />
      </div>
    )
  if (deliveries.data.length === 0)
    return <p className="py-2 text-caption text-ink-2">Nothing yet. Send a test to see that it arrives.</p>
  return (
    <ul data-slot="deliveries" className="grid">
      {deliveries.data.map((one) => (
        <Delivery key={one.id} webhook={webhook} delivery={one} />
      ))}
    </ul>
  )
}

function Delivery({ webhook, delivery }: { webhook: Webhook; delivery: WebhookDelivery }) {
  const now = useNow()
  const replay = useWebhookChange((client, id: string) => client.webhooks.replay(webhook.id, id))
  const { icon: Icon, tone } = LOOK[delivery.state]
  const settled = delivery.state === 'failed' || delivery.state === 'delivered'
  const again = () =>
    replay.mutate(delivery.id, { onError: (error) => notify.problem(error, { id: `replay-${delivery.id}` }) })
  return (
    <li
      data-state={delivery.state}
      className="flex min-h-10 items-center gap-2.5 border-b border-line py-1.5 last:border-0 max-rail:flex-wrap"
    >
      <Icon size={14} strokeWidth={2} aria-hidden className={`flex-none ${tone}`} />
      <p className="min-w-0 flex-1 text-caption text-ink-2">
        <span className="font-mono text-mono text-ink wrap-anywhere">{delivery.type}</span>{' '}
        <span className="block">
          {standing(delivery)}
          {delivery.state === 'waiting' && delivery.tries > 0 && delivery.nextTryAt !== null
            ? `, next ${moment(delivery.nextTryAt, now)}`
            : ''}
        </span>
      </p>
      <time dateTime={delivery.createdAt} className="flex-none text-caption text-ink-2 tabular-nums">
        {moment(delivery.createdAt, now)}
      </time>
      {settled && webhook.pausedAt === null && (
        <Button
          size="small"
          variant="ghost"
          busy={replay.isPending}
          onClick={again}
          aria-label={`Send ${delivery.type} again`}
        >
          <RotateCcw size={13} aria-hidden />
          Again
        </Button>
      )}
    </li>
  )
}
