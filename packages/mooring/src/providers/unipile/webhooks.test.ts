import { expect, it } from 'vitest'
import { isAnnounced, toldSeat } from './webhooks.ts'

const URL = 'https://mooring.example/told'
const hook = (more: object) => ({ items: [{ object: 'Webhook', request_url: URL, ...more }] })
const header = (value: string) => [{ key: 'mooring-secret', value }]

it.each([
  [hook({}), true],
  [hook({ source: 'account_status' }), true],
  [hook({ headers: header('secret') }), true],
  [hook({ headers: header('another') }), false],
  [hook({ source: 'messaging' }), false],
  [hook({ request_url: `${URL}/` }), false],
  [{ items: [] }, false],
  [{}, false],
  [undefined, false],
])('%j is announced: %s', (body, yes) => expect(isAnnounced(body, URL, 'secret')).toBe(yes))

it.each([
  [{ status: 'CREATION_SUCCESS', account_id: 'a1', name: 'state' }, 'a1'],
  [{ status: 'RECONNECTED', account_id: 'a1' }, 'a1'],
  [{ status: 'CREATION_FAIL', account_id: 'a1' }, undefined],
  [{ AccountStatus: { account_id: 'a1', account_type: 'LINKEDIN', message: 'CREDENTIALS' } }, 'a1'],
  [{ account_id: 'acc_1', provider: 'linkedin', state: 's' }, 'acc_1'],
  [{ account_id: 'acc_1', error_title: 'No' }, undefined],
  [{ account_id: { $ne: 1 } }, undefined],
  [{}, undefined],
  ['a1', undefined],
  [undefined, undefined],
])('%j tells of %s', (body, seat) => expect(toldSeat(body)).toBe(seat))
