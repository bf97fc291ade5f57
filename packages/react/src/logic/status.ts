import type { Connection } from '../api.ts'
import type { IconName } from '../components/icons.ts'
import { calendarDays } from './dates.ts'

/** `accent`: under way. `unk`: nobody knows. */
export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'accent' | 'unk'

export interface Status {
  tone: Tone
  label: string
  icon: IconName
}

type Standing = Pick<Connection, 'state' | 'health'>

/** What a connection's pill says. Pure. */
export function statusOf(connection: Standing, now: number): Status {
  switch (connection.state) {
    case 'disconnected':
      return { tone: 'idle', label: 'Disconnected', icon: 'plug' }
    case 'reauthorize':
      return { tone: 'bad', label: 'Needs reconnect', icon: 'unplug' }
    case 'misconfigured':
      return { tone: 'bad', label: 'Misconfigured', icon: 'wrench' }
    case 'failing':
      return { tone: 'warn', label: 'Failing', icon: 'cloud-off' }
    case 'connected':
      // It works until its token ends: what is amber now is red then.
      if (isOurs(connection)) {
        return { tone: connection.health.level === 'bad' ? 'bad' : 'warn', label: 'Misconfigured', icon: 'wrench' }
      }
      return endingOf(connection, now) ?? { tone: 'ok', label: 'Connected', icon: 'circle-check' }
  }
}

function endingOf({ health }: Standing, now: number): Status | undefined {
  if (health.level === 'ok' || health.needsPersonAt === null) return undefined
  const tone = health.level === 'bad' ? 'bad' : 'warn'
  if (Date.parse(health.needsPersonAt) <= now) return { tone: 'bad', label: 'Needs reconnect', icon: 'unplug' }
  const days = calendarDays(health.needsPersonAt, now)
  const label = days === 0 ? 'Ends today' : days === 1 ? '1 day left' : `${days} days left`
  return { tone, label, icon: 'clock-alert' }
}

/** Whether the operator, and nobody else, can mend what stands against it: this one alone, or its whole app. */
export const isOurs = ({ state, health }: Standing): boolean =>
  state === 'misconfigured' || (state === 'connected' && health.reason === 'misconfigured')

/** Whether somebody must act at the platform before this works on. */
export const mustReconnect = (connection: Standing): boolean =>
  connection.state === 'reauthorize' ||
  (connection.state === 'connected' && connection.health.level === 'bad' && !isOurs(connection))

/** Whether a person, and not the operator or time, is waited for. */
export const needsPerson = (connection: Standing & Pick<Connection, 'accounts'>): boolean =>
  mustReconnect(connection) || lacksAccounts(connection)

export const lacksAccounts = ({ state, accounts }: Pick<Connection, 'state' | 'accounts'>): boolean =>
  state === 'connected' && accounts.length === 0
