import { count, type OwnRegistration, useTestRegistration } from '@mooring/react'
import { Pencil, Trash2 } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/notify.tsx'
import { Checks } from './checks.tsx'

interface OwnAppRowProps {
  app: OwnRegistration
  onChange: () => void
  onRemove: () => void
}

export function OwnAppRow({ app, onChange, onRemove }: OwnAppRowProps) {
  const test = useTestRegistration()
  const run = () => test.mutate(app.id, { onError: (error) => notify.problem(error, { id: `test-${app.id}` }) })
  return (
    <section
      aria-label={`${app.name}, ${app.clientId}`}
      data-slot="own-app"
      className="grid gap-2.5 border-b border-line px-4 py-3 last:border-0"
    >
      <div className="flex items-start gap-3 max-rail:flex-wrap">
        <div className="min-w-0 flex-1 max-rail:basis-full">
          <h3 className="text-ui font-medium">{app.name}</h3>
          <p className="mt-0.5 text-caption text-ink-2 wrap-anywhere">
            Client id <code className="text-ink">{app.clientId}</code>,{' '}
            {app.connections === 0 ? 'nothing rests on it yet' : `${count(app.connections, 'connection')}`}
          </p>
        </div>
        <div className="flex flex-none items-center gap-1.5">
          <Button size="small" busy={test.isPending} onClick={run}>
            Test
          </Button>
          <IconButton label={`Change the app ${app.clientId}`} onClick={onChange}>
            <Pencil size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <IconButton label={`Remove the app ${app.clientId}`} onClick={onRemove}>
            <Trash2 size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      </div>
      <CopyField value={app.redirectUri} label={`Copy the redirect address of ${app.clientId}`} />
      {test.data && <Checks checks={test.data} />}
    </section>
  )
}
