import { DAY, type Ending } from '@mooring/react'

/** Wednesday, 14 October 2026, 10:24 on the reader's clock. */
export const now = new Date(2026, 9, 14, 10, 24).getTime()

/** A connection that ends so many days from now, with what a test wants different. */
export const ending = (days: number, parts: Partial<Ending> = {}): Ending => ({
  at: new Date(now + days * DAY).toISOString(),
  who: 'person',
  reason: 'no_refresh_token',
  message: 'Works until then.',
  provider: 'harbour',
  registration: 'harbour',
  postsAfter: 0,
  connection: { id: `c${days}`, label: 'Mara Lindqvist', state: 'connected' },
  ...parts,
})
