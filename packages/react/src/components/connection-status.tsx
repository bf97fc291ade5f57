import type { Connection } from '../api.ts'
import { statusOf } from '../logic/status.ts'
import { Pill } from './pill.tsx'

export interface ConnectionStatusProps {
  connection: Pick<Connection, 'state' | 'health'>
  /** The present, in ms; a page that ticks may hand its own in. */
  now?: number
}

export function ConnectionStatus({ connection, now = Date.now() }: ConnectionStatusProps) {
  const { tone, label, icon } = statusOf(connection, now)
  return (
    <Pill tone={tone} icon={icon}>
      {label}
    </Pill>
  )
}
