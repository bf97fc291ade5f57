import type { ReactNode } from 'react'
import type { Flow, FlowCredentials } from '../../api.ts'

/** Where people sign in, as long as nobody says otherwise: a flow names the service, and not what lies behind it. */
export const PLATFORM = 'LinkedIn'

export interface StepProps {
  flow: Flow
  /** Where the person signs in. */
  platform?: string | undefined
  /** Stands before the heading. */
  mark?: ReactNode
  heading?: 'h1' | 'h2' | 'h3' | undefined
  /** Who tried to sign in before, where this page knows it. */
  username?: string | undefined
}

export function credentialsOf({ credentials }: Flow): FlowCredentials {
  if (!credentials) throw new Error('This is no flow by credentials.')
  return credentials
}
