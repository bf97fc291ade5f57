import type { Connection, Provider, Registration } from '@mooring/react'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { Banner } from '../ui/banner.tsx'

/** What the operator should know of this registration, each with how to mend it. */
export function Notices({ registration }: { registration: Registration | undefined }) {
  return registration?.notices.map(({ level, message, mend }) => (
    <Banner
      key={message}
      tone={level === 'error' ? 'bad' : 'warn'}
      icon={level === 'error' ? CircleAlert : TriangleAlert}
      message={`${message} ${mend}`}
    />
  ))
}

interface NoticesInUseProps {
  connections: readonly Connection[]
  providers: readonly Provider[]
}

/** Once for each app that something is connected with, however many people that are. */
export function NoticesInUse({ connections, providers }: NoticesInUseProps) {
  const used = providers
    .flatMap((one) => one.registrations)
    .filter((one) => one.notices.length > 0 && connections.some(({ registration }) => registration === one.id))
  if (used.length === 0) return null
  return (
    <div className="mb-3.5 grid gap-2">
      {used.map((registration) => (
        <Notices key={registration.id} registration={registration} />
      ))}
    </div>
  )
}
