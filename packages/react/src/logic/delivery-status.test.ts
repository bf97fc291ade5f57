import { describe, expect, it } from 'vitest'
import type { DeliveryState } from '../api.ts'
import { deliveriesWorstFirst, deliveryLook, needsSomebody, outcomeParts, worstOf } from './delivery-status.ts'
import { delivery, postAccount } from './post.fixture.ts'

describe('a pill', () => {
  it.each<[DeliveryState, string | null, string, string, boolean]>([
    ['scheduled', null, 'Scheduled', 'idle', false],
    ['scheduled', 'ends', 'At risk', 'warn', true],
    ['queued', 'ends', 'At risk', 'warn', true],
    ['waiting', 'gone', 'Waits for Harbour', 'bad', true],
    ['published', null, 'Published', 'ok', false],
    ['unknown', null, 'Outcome unknown', 'unk', false],
    ['sending', null, 'Sending', 'accent', false],
  ])('%s, %s: %s', (state, atRisk, label, tone, dashed) =>
    expect(deliveryLook(delivery({ state, atRisk }))).toMatchObject({ label, tone, dashed }),
  )
})

const some = (...states: DeliveryState[]) => states.map((state, n) => delivery({ id: `${n}`, state }))

it('worst first, and by name among equals', () => {
  const named = (label: string, state: DeliveryState) => delivery({ state, account: postAccount({ label }) })
  const all = [
    named('B', 'published'),
    named('B', 'scheduled'),
    named('C', 'failed'),
    named('A', 'failed'),
    named('Z', 'unknown'),
  ]
  expect(deliveriesWorstFirst(all).map((one) => `${one.account.label} ${one.state}`)).toEqual([
    'Z unknown',
    'A failed',
    'C failed',
    'B scheduled',
    'B published',
  ])
  expect(worstOf([delivery({ id: 'calm' }), delivery({ id: 'risky', atRisk: 'ends' })])?.id).toBe('risky')
  expect(worstOf([])).toBeUndefined()
})

it('says what became of it, in words', () => {
  expect(outcomeParts(some('published', 'sending', 'processing', 'unknown', 'failed')).map((one) => one.words)).toEqual(
    ['1 published', '2 under way', '1 unknown', '1 failed'],
  )
  expect(outcomeParts(some('waiting')).map((one) => one.words)).toEqual(['1 waits'])
  expect(outcomeParts([])).toEqual([])
})

it.each<[DeliveryState, string | null, boolean]>([
  ['published', null, false],
  ['scheduled', null, false],
  ['scheduled', 'ends', true],
  ['failed', null, true],
  ['missed', null, true],
  ['cancelled', null, false],
])('%s with risk %s needs somebody: %s', (state, atRisk, yes) => expect(needsSomebody({ state, atRisk })).toBe(yes))
