import { useWebhooks, type Webhook } from '@mooring/react'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useSignedIn } from '../../app/gate.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { ChangeEndpointDialog, EnterEndpointDialog, RemoveEndpointDialog } from './endpoint-dialogs.tsx'
import { EndpointRow } from './endpoint-row.tsx'

type Open = { what: 'enter' } | { what: 'change' | 'remove'; webhook: Webhook }

export function WebhooksPage() {
  useTitle('Webhooks')
  const { permissions } = useSignedIn()
  const may = permissions.includes('webhooks:write')
  const webhooks = useWebhooks(may)
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <Card aria-labelledby="webhooks" data-slot="webhooks">
      <header className="flex items-center gap-2.5 border-b border-line px-4 py-3.5">
        <div className="min-w-0 flex-1">
          <h2 id="webhooks" className="text-section">
            Webhooks
          </h2>
          <p className="mt-0.5 text-caption text-ink-2">
            Your own program hears when an account connects, fails or needs you.{' '}
            <a href="/docs/guides/webhooks" className="text-link underline underline-offset-2">
              The guide
            </a>
          </p>
        </div>
        {may && (
          <Button size="small" onClick={() => setOpen({ what: 'enter' })}>
            <Plus size={13} aria-hidden />
            Enter an endpoint
          </Button>
        )}
      </header>
      {!may ? (
        <p className="px-4 py-8 text-center text-ui text-ink-2">Owners and admins see them.</p>
      ) : webhooks.data ? (
        webhooks.data.length === 0 ? (
          <p className="px-4 py-8 text-center text-ui text-ink-2">
            No webhooks. Add an address to hear about failures.
          </p>
        ) : (
          webhooks.data.map((webhook) => (
            <EndpointRow
              key={webhook.id}
              webhook={webhook}
              onChange={() => setOpen({ what: 'change', webhook })}
              onRemove={() => setOpen({ what: 'remove', webhook })}
            />
          ))
        )
      ) : webhooks.isError ? (
        <ErrorPanel error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      ) : (
        <div aria-busy="true" className="px-4 py-5">
          <p role="status" className="sr-only">
            Loading the webhooks
          </p>
          <Bone className="h-4 w-2/5" />
        </div>
      )}
      {open?.what === 'enter' && <EnterEndpointDialog onClose={close} />}
      {open?.what === 'change' && <ChangeEndpointDialog webhook={open.webhook} onClose={close} />}
      {open?.what === 'remove' && <RemoveEndpointDialog webhook={open.webhook} onClose={close} />}
    </Card>
  )
}
