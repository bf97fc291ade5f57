import type { Checkpoint, Flow } from '../api.ts'

/** What stands on the screen of a flow by credentials. */
export type CredentialStep =
  | 'start'
  | 'connecting'
  | 'code'
  | 'approval'
  | 'phone'
  | 'hosted'
  | 'accounts'
  | 'connected'
  | 'over'

const AT: Record<Checkpoint, CredentialStep> = {
  code: 'code',
  code_or_approval: 'code',
  approval: 'approval',
  phone: 'phone',
  hosted: 'hosted',
  accounts: 'accounts',
}

/** Which screen a flow is at. Pure. */
export function stepOf({ state, checkpoint }: Pick<Flow, 'state' | 'checkpoint'>): CredentialStep {
  switch (state) {
    case 'pending':
      return 'start'
    case 'connecting':
      return 'connecting'
    case 'checkpoint':
      return checkpoint === null ? 'connecting' : AT[checkpoint]
    // The host's own page completes it, once the browser goes on.
    case 'awaiting_completion':
    case 'connected':
      return 'connected'
    case 'failed':
    case 'expired':
      return 'over'
  }
}

/** What stands in the way of trying now, while the form would be next. */
export type Obstacle = 'cooldown' | 'locked' | 'ours'

export function obstacleOf({ error, credentials }: Pick<Flow, 'error' | 'credentials'>, now: number): Obstacle | null {
  const again = credentials?.attemptsAgainAt ?? null
  if (again !== null && Date.parse(again) > now) return 'cooldown'
  if (error?.code === 'account_locked') return 'locked'
  if (error?.code === 'misconfigured') return 'ours'
  return null
}

const SOON = 2000
/** Something was sent from here and is not answered yet. */
const ACTING = 1000

/**
 * In how many ms to look again; false: not by itself. Something may happen without this page while the service works, or
 * while a person acts elsewhere; a code comes through here, so until the attempt's end there is nothing to see.
 */
export function lookAgain(flow: Flow | undefined, acting: boolean, now: number): number | false {
  if (!flow) return false
  const step = stepOf(flow)
  if (step === 'connected' || step === 'over' || step === 'accounts') return false
  if (acting) return ACTING
  if (step === 'start') return false
  if (step === 'phone' || (step === 'code' && flow.checkpoint === 'code')) {
    const end = flow.credentials?.attemptEndsAt ?? null
    return end === null ? false : Math.max(SOON, Date.parse(end) - now + 500)
  }
  return SOON
}
