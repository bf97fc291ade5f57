import type { ReactNode } from 'react'
import type { Flow, FlowCredentials } from '../../api.ts'

export interface StepProps {
  flow: Flow
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
