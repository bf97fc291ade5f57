import type { Flow } from '@mooring/react'

export type Home = '/accounts' | '/onboarding'

/** Where a flow of the console leads to when all is chosen: to where it began. */
export const homeOf = ({ returnTo }: Pick<Flow, 'returnTo'>): Home =>
  new URL(returnTo, 'http://here').pathname === '/onboarding' ? '/onboarding' : '/accounts'
