import { expect, it } from 'vitest'
import { asUrl, faultOf, standing } from './words.ts'

const one = {
  id: 'x',
  eventId: null,
  type: 'webhook.test',
  state: 'waiting' as const,
  tries: 0,
  status: null,
  fault: null,
  createdAt: '',
  lastTriedAt: null,
  nextTryAt: null,
}

it('says how a delivery stands', () => {
  expect(standing(one)).toBe('On its way')
  expect(standing({ ...one, tries: 1, status: 503, fault: 'status' })).toBe('It answered 503. Tried once')
  expect(standing({ ...one, tries: 3, fault: 'timeout' })).toBe('It took over 15 seconds. Tried 3 times')
  expect(standing({ ...one, state: 'delivered', status: 204, tries: 1 })).toBe('Arrived, 204')
  expect(standing({ ...one, state: 'held' })).toBe('Held until you resume')
  expect(standing({ ...one, state: 'failed', fault: 'name_not_found' })).toBe('Given up. There is no such host.')
  expect(faultOf({ status: null, fault: 'of a newer server' })).toBe('It did not answer.')
})

it('takes an address as people say it', () => {
  expect(asUrl(' app.example.com/hooks ')).toBe('https://app.example.com/hooks')
  expect(asUrl('http://localhost:3000')).toBe('http://localhost:3000')
})
