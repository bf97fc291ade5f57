import { type Delivery, setDateStyle } from '@mooring/react'
import { beforeAll, expect, it } from 'vitest'
import { delivery } from '../../app/post.fixture.ts'
import { sentenceOf } from './sentence.ts'

const now = Date.parse('2026-10-14T07:02:00Z')
const problem = { class: 'rate', providerCode: null, message: 'Harbour asked us to slow down.' } as const

beforeAll(() => setDateStyle({ locale: null, timeZone: 'Europe/Rome' }))

it.each<[Partial<Delivery>, string]>([
  [{ dueAt: '2026-10-14T10:00:00Z' }, 'It goes out at 12:00.'],
  [{ dueAt: '2026-10-23T07:00:00Z' }, 'It goes out on 23 Oct, 09:00.'],
  [{ atRisk: 'The connection ends before.' }, 'The connection ends before.'],
  [{ state: 'queued' }, 'It is next in line.'],
  [{ state: 'queued', problem, nextTryAt: '2026-10-14T07:15:00Z' }, 'Harbour asked us to slow down. Next try 09:15.'],
  [{ state: 'sending' }, 'It is on its way to Harbour.'],
  [
    { state: 'processing', nextTryAt: '2026-10-14T07:03:00Z' },
    'Harbour prepares it. We look again by ourselves. Next try 09:03.',
  ],
  [{ state: 'waiting', atRisk: 'Harbour must be reconnected.' }, 'Harbour must be reconnected.'],
  [{ state: 'published', publishedAt: '2026-10-14T07:00:06Z' }, 'Went out at 09:00.'],
  [
    { state: 'published', publishedAt: '2026-10-14T07:00:06Z', warning: 'Without its comment.' },
    'Without its comment.',
  ],
  [{ state: 'failed', problem }, 'Harbour asked us to slow down.'],
  [{ state: 'failed' }, 'It did not go out.'],
  [{ state: 'unknown' }, 'Harbour never answered. It may be there, so we did not send it twice.'],
  [{ state: 'missed' }, 'We were off at 09:00. Send it now, or drop it?'],
  [{ state: 'skipped' }, 'It stayed behind when the rest went out.'],
  [{ state: 'cancelled' }, 'It does not go out.'],
  [{ state: 'removed' }, 'It was taken down at Harbour.'],
])('%o: %s', (parts, sentence) => expect(sentenceOf(delivery(parts), now)).toBe(sentence))
