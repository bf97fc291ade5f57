import { useChooseNotifications, useNotifications } from '@mooring/react'
import { MailX } from 'lucide-react'
import { useSignedIn } from '../app/gate.tsx'
import { useTitle } from '../app/use-title.ts'
import { Banner } from '../ui/banner.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { notify } from '../ui/notify.tsx'
import { Bone } from '../ui/skeleton.tsx'

/** As the API names them; one that is new here is told by its own name. */
const KINDS: Readonly<Record<string, { title: string; says: string }>> = {
  'connection.reauthorize': {
    title: 'A connection needs somebody',
    says: 'It ended, or somebody took its access away at the platform. Until then nothing goes out there.',
  },
  'connection.expiring': {
    title: 'A connection will need somebody',
    says: 'It works to its end, and cannot be renewed by itself.',
  },
  'webhook.paused': {
    title: 'Webhooks are paused',
    says: 'Nothing arrived at an endpoint for three days. What happens is held until somebody resumes it.',
  },
  'delivery.failed': {
    title: 'A post was not published',
    says: 'The platform refused it, or something of it is not here any more. The post says why.',
  },
  'delivery.unknown': {
    title: 'Nobody knows whether a post is live',
    says: 'Its platform did not answer, and we could not find out. Somebody has to look there.',
  },
  'delivery.missed': {
    title: 'A post missed its time',
    says: 'This server or the connection was away at its time.',
  },
  'connection.disconnected': { title: 'Somebody disconnected an account', says: 'In the console or by the API.' },
  'connection.connected': { title: 'Somebody connected an account', says: 'In the console, or in your product.' },
}

export function NotificationsPage() {
  useTitle('Notifications')
  const notifications = useNotifications()
  const { workspace } = useSignedIn()
  return (
    <Card aria-labelledby="notifications" data-slot="notifications">
      <header className="border-b border-line px-4 py-3.5">
        <h2 id="notifications" className="text-section">
          Letters to you
        </h2>
        <p className="mt-0.5 text-caption text-ink-2">
          About {workspace.name}. What happens within a minute comes in one letter.
        </p>
      </header>
      {notifications.data ? (
        <>
          {!notifications.data.letters && <NoLetters />}
          <ul>
            {notifications.data.data.map((one) => (
              <Kind key={one.kind} {...one} />
            ))}
          </ul>
        </>
      ) : notifications.isError ? (
        <ErrorPanel error={notifications.error} onRetry={() => void notifications.refetch()} />
      ) : (
        <div aria-busy="true" className="grid gap-6 px-4 py-5">
          <p role="status" className="sr-only">
            Loading which letters you get
          </p>
          <Bone className="h-4 w-2/5" />
          <Bone className="h-4 w-1/3" />
        </div>
      )}
    </Card>
  )
}

function NoLetters() {
  const { person } = useSignedIn()
  const why =
    person.email === null
      ? 'You have no e-mail address here. Give it under Security.'
      : 'This server sends no letters. Whoever runs it sets MOORING_SMTP_URL; what you choose here counts from then on.'
  return (
    <div className="px-4 pt-3.5">
      <Banner tone="idle" icon={MailX} message={why} />
    </div>
  )
}

function Kind({ kind, letter }: { kind: string; letter: boolean }) {
  const choose = useChooseNotifications()
  const { title, says } = KINDS[kind] ?? { title: kind, says: '' }
  const next = choose.isPending ? (choose.variables[0]?.letter ?? letter) : letter
  const toggle = () =>
    choose.mutate([{ kind, letter: !letter }], {
      onError: (error) => notify.problem(error, { id: `notify-${kind}` }),
    })
  return (
    <li className="border-b border-line last:border-0">
      <label
        htmlFor={`notify-${kind}`}
        className="flex min-h-14 cursor-pointer items-center gap-4 px-4 py-2.5 hover:bg-raised"
      >
        <span className="min-w-0 flex-1">
          <span className="block text-ui font-medium">{title}</span>
          <span className="mt-0.5 block text-caption text-ink-2">{says}</span>
        </span>
        <input
          id={`notify-${kind}`}
          type="checkbox"
          className="mooring-check flex-none"
          checked={next}
          disabled={choose.isPending}
          onChange={toggle}
        />
      </label>
    </li>
  )
}
