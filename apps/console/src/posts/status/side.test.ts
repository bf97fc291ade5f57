import type { Delivery } from '@mooring/react'
import { expect, it } from 'vitest'
import { delivery } from '../../app/post.fixture.ts'
import { timeName } from './side.tsx'

const now = Date.parse('2026-10-14T07:02:00Z')
const [past, future] = ['2026-10-14T07:00:00Z', '2026-10-14T08:00:00Z']
const sent: Partial<Delivery> = { state: 'published', publishedAt: '2026-10-14T07:00:06Z' }

it.each<[string, Partial<Delivery>[], string]>([
  [future, [{}], 'Goes out'],
  [past, [sent, { state: 'failed' }], 'Went out'],
  [past, [{ state: 'waiting' }, { state: 'failed' }], 'Was due'],
  [past, [], 'Was due'],
])('%s: %j: %s', (dueAt, parts, name) => expect(timeName({ dueAt, deliveries: parts.map(delivery) }, now)).toBe(name))
