import type { Delivery, DeliveryState } from '@mooring/react'
import { expect, it } from 'vitest'
import { sentWords } from './sent-words.ts'

const to = (...states: DeliveryState[]) => states.map((state) => ({ state }) as Delivery)
const at = { local: '2026-10-29T09:00', zone: 'Europe/Rome' }

it.each([
  [{ state: 'publishing', at, deliveries: to('queued') }, 'now', 'It goes out now. To 1 account.'],
  [
    { state: 'scheduled', at, deliveries: to('scheduled', 'scheduled') },
    'slot',
    'Scheduled for Thu 29 Oct 2026, 09:00. To 2 accounts.',
  ],
  [
    { state: 'scheduled', at, deliveries: to('scheduled', 'skipped') },
    'slot',
    'Scheduled for Thu 29 Oct 2026, 09:00. To 1 account. 1 account stayed behind.',
  ],
  [{ state: 'draft', at: null, deliveries: to() }, 'slot', 'Saved as a draft. Nothing goes out.'],
] as const)('%#', (post, how, words) => expect(sentWords({ ...post }, { how })).toBe(words))
