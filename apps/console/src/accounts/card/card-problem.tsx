import { type Connection, clock, isOurs, lacksAccounts, moment, mustReconnect } from '@mooring/react'
import { ClockAlert, CloudOff, type LucideIcon, MousePointerClick, Unplug, Wrench } from 'lucide-react'
import { Banner, type BannerProps } from '../../ui/banner.tsx'

interface CardProblemProps {
  connection: Connection
  now: number
  /** The tries stand beside it already. */
  short?: boolean
}

/** What stands against this connection, in a sentence; nothing when all is well. */
export function CardProblem({ connection, now, short = false }: CardProblemProps) {
  const look = lookOf(connection)
  if (!look) return null
  const { problem, state } = connection
  const tries = state === 'failing' && problem && !short ? ` ${triesOf(problem, now)}` : ''
  return (
    <Banner tone={look.tone} icon={look.icon} message={`${look.message}${tries}`}>
      {state === 'misconfigured' && problem?.operatorDetail && (
        <p className="mt-1 font-mono text-floor font-normal wrap-anywhere">{problem.operatorDetail}</p>
      )}
    </Banner>
  )
}

function lookOf(connection: Connection): { tone: BannerProps['tone']; icon: LucideIcon; message: string } | undefined {
  const { state, health } = connection
  const message = health.message
  if (isOurs(connection)) return { tone: health.level === 'bad' ? 'bad' : 'warn', icon: Wrench, message }
  if (state === 'failing') return { tone: 'warn', icon: CloudOff, message }
  if (state === 'reauthorize') return { tone: 'bad', icon: Unplug, message }
  if (mustReconnect(connection)) return { tone: 'bad', icon: ClockAlert, message }
  if (health.level === 'warning') return { tone: 'warn', icon: ClockAlert, message }
  if (lacksAccounts(connection)) {
    return { tone: 'idle', icon: MousePointerClick, message: 'No accounts chosen. Choose what this connection is for.' }
  }
  return undefined
}

function triesOf({ failures, since, nextTryAt }: NonNullable<Connection['problem']>, now: number): string {
  const tries = `${failures === 1 ? '1 try' : `${failures} tries`} since ${moment(since, now)}`
  return nextTryAt === null ? `${tries}.` : `${tries}, next at ${clock(nextTryAt)}.`
}
